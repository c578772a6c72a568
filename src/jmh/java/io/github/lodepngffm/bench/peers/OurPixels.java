package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** This library decoding into RGBA, native memory in, the same native memory out again. */
public final class OurPixels implements Peer {
  private static final DecodeOptions OPTIONS =
      DecodeOptions.defaults().withLimits(Limits.unlimited());

  @Override
  public String id() {
    return "ours-rgba8";
  }

  @Override
  public String title() {
    return "lodepng-ffm, RGBA8";
  }

  @Override
  public String version() {
    return NativeSupport.version();
  }

  @Override
  public boolean can(Work work) {
    return work == Work.DECODE;
  }

  @Override
  public Job open(Picture picture, Work work) {
    Arena arena = Arena.ofShared();
    MemorySegment png = picture.segment();
    PngInfo info = picture.info();
    MemorySegment memory = arena.allocate(4 * info.pixels());
    Pixels pixels = Pixels.of(memory, info.width(), info.height(), PixelFormat.RGBA8);
    return new Job() {
      @Override
      public long run() {
        return Png.decode(png, pixels, OPTIONS).bytesWritten();
      }

      @Override
      public byte[] result() {
        run();
        return new byte[0];
      }

      @Override
      public void close() {
        arena.close();
      }
    };
  }
}
