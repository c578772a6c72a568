package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** This library as it is meant to be used: native memory in, the same native memory out again. */
public final class OurSegments implements Peer {
  private static final ConvertOptions OPTIONS =
      ConvertOptions.defaults().withLimits(Limits.unlimited());

  @Override
  public String id() {
    return "ours";
  }

  @Override
  public String title() {
    return "lodepng-ffm, native memory";
  }

  @Override
  public String version() {
    NativeSupport.cause()
        .ifPresent(error -> {
          throw error;
        });
    return NativeSupport.version();
  }

  @Override
  public boolean can(Work work) {
    // The rows of the BMP are pixels, too, in B, G, R order: see DecodeBenchmark.
    return work == Work.CONVERT || work == Work.DECODE;
  }

  @Override
  public Job open(Picture picture, Work work) {
    Arena arena = Arena.ofShared();
    MemorySegment png = picture.segment();
    MemorySegment bmp = arena.allocate(Png.bmpSize(picture.info()));
    return new Job() {
      @Override
      public long run() {
        return Png.toBmp(png, bmp, OPTIONS);
      }

      @Override
      public byte[] result() {
        run();
        return bmp.toArray(ValueLayout.JAVA_BYTE);
      }

      @Override
      public void close() {
        arena.close();
      }
    };
  }
}
