package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PngWarning;
import io.github.lodepngffm.internal.ffm.PngMetadataCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import io.github.lodepngffm.internal.metadata.MetadataReader;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** What a PNG says beside its pixels, read on the thread that asks. */
public final class PngMetadataReading {
  private PngMetadataReading() {}

  /**
   * What was read.
   *
   * @param found what the chunks say
   * @param warnings damage that was passed over
   * @param warningCount how often
   */
  public record Result(MetadataReader.Found found, List<PngWarning> warnings, long warningCount) {}

  /**
   * Reads all that a PNG says beside its pixels.
   *
   * @param png the caller's bytes
   * @param options whose limits and tolerance hold
   * @return copies
   */
  public static Result metadata(MemorySegment png, DecodeOptions options) {
    Objects.requireNonNull(options, "options");
    try (Segments.Input input = Segments.input(png, options.limits());
        Loan loan = new Loan()) {
      PngMetadataCalls.Listing listing =
          PngMetadataCalls.metadata(input.segment(), options, loan::ofSize);
      return new Result(MetadataReader.read(listing), listing.warnings(), listing.warningCount());
    }
  }

  /**
   * Finds the image data.
   *
   * @param png the caller's bytes
   * @param options whose limits and tolerance hold
   * @return slices of {@code png}
   */
  public static List<MemorySegment> imageData(MemorySegment png, DecodeOptions options) {
    Objects.requireNonNull(options, "options");
    try (Segments.Input input = Segments.input(png, options.limits());
        Loan loan = new Loan()) {
      return PngMetadataCalls.imageData(input.segment(), options, loan::ofSize, png);
    }
  }

  /** Memory of the pool, given back for more when it was too small. */
  private static final class Loan implements AutoCloseable {
    private MemoryPool.Lease lease;

    MemorySegment ofSize(long bytes) {
      close();
      lease = MemoryPool.SHARED.lend(bytes);
      return lease.segment();
    }

    @Override
    public void close() {
      if (lease != null) {
        lease.close();
        lease = null;
      }
    }
  }
}
