/**
 * PNG to BMP through a native library, between memory segments outside the Java heap.
 *
 * <p>Native access has to be granted: {@code --enable-native-access=io.github.lodepngffm}.
 */
module io.github.lodepngffm {
  requires jdk.jfr;

  exports io.github.lodepngffm;
}
