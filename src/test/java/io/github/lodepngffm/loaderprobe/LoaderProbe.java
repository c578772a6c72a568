package io.github.lodepngffm.loaderprobe;

import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.Png;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** What the loader tests run in a virtual machine of its own: says how loading went. */
public final class LoaderProbe {
  private LoaderProbe() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("available " + NativeSupport.isAvailable());
    System.out.println("version " + NativeSupport.version());
    System.out.println("origin " + NativeSupport.origin().orElse("none"));
    byte[] text = {'A', 'B', 'C'};
    try {
      Buffers.rotate(MemorySegment.ofArray(text), 13);
      System.out.println("rotated " + new String(text, StandardCharsets.US_ASCII));
    } catch (UnsatisfiedLinkError e) {
      System.out.println("rotating failed: " + e.getMessage());
    }
    NativeSupport.cause().ifPresent(cause -> System.out.println("cause " + cause.getMessage()));
    if (!NativeSupport.isAvailable()) {
      try {
        Png.readInfo(MemorySegment.ofArray(text));
      } catch (UnsatisfiedLinkError e) {
        System.out.println("readInfo threw an UnsatisfiedLinkError, as it should");
      }
    }
    Threads.join("lodepng-ffm-housekeeping"); // a virtual machine that ends does not wait for it
  }
}
