package io.github.lodepngffm;

import io.github.lodepngffm.internal.ffm.AboutCalls;
import io.github.lodepngffm.internal.ffm.NativeLibrary;
import java.util.Optional;

/**
 * Whether the native library is there, and if not, why. Never throws; safe from any thread.
 *
 * {@snippet :
 * if (!NativeSupport.isAvailable()) {
 *   System.err.println(NativeSupport.cause().orElseThrow().getMessage());
 * }
 * }
 */
public final class NativeSupport {
  private NativeSupport() {}

  /**
   * Whether the library could be loaded.
   *
   * @return true if every method of this package works
   */
  public static boolean isAvailable() {
    return NativeLibrary.outcome().failure() == null;
  }

  /**
   * Why the library could not be loaded.
   *
   * @return an error whose message has every attempt and what would help; empty if it was loaded
   */
  public static Optional<UnsatisfiedLinkError> cause() {
    return Optional.ofNullable(NativeLibrary.outcome().failure());
  }

  /**
   * What the library consists of, and the vector instructions it uses here.
   *
   * @return such as {@code LodePNG 20241228, libdeflate 1.23, avx2}; {@code unavailable} if it was
   *     not loaded
   */
  public static String version() {
    return isAvailable() ? AboutCalls.version() : "unavailable";
  }

  /**
   * Where the library came from.
   *
   * @return a description for people; empty if it was not loaded
   */
  public static Optional<String> origin() {
    return Optional.ofNullable(NativeLibrary.outcome().origin());
  }
}
