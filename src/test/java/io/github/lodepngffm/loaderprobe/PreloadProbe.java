package io.github.lodepngffm.loaderprobe;

import io.github.lodepngffm.NativeSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Preloads, and says what of the library was there before and after. */
public final class PreloadProbe {
  private PreloadProbe() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("mapped before " + isLibraryMapped());
    NativeSupport.preload();
    NativeSupport.preload();
    // it may have ended by now, but never is there more than one
    System.out.println("at most one thread " + (Threads.join("lodepng-ffm-preload") <= 1));
    System.out.println("mapped after " + isLibraryMapped());
    System.out.println("available " + NativeSupport.isAvailable());
  }

  private static boolean isLibraryMapped() throws IOException {
    return Files.readString(Path.of("/proc/self/maps")).contains("liblodepngffm.so");
  }
}
