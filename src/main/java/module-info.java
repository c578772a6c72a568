/**
 * PNG to BMP through a native library, between memory segments, without copying.
 *
 * <p>Native access has to be granted: {@code --enable-native-access=io.github.lodepngffm}.
 */
module io.github.lodepngffm {
  exports io.github.lodepngffm;
}
