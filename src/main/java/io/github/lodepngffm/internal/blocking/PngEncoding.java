package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls;
import io.github.lodepngffm.internal.files.PendingFile;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** From pixels to PNG, for the thread that asks. */
public final class PngEncoding {
  private PngEncoding() {}

  /**
   * The most bytes that the PNG of these pixels has.
   *
   * @param pixels the caller's; their content does not matter
   * @param options how they would be encoded
   * @return bytes
   */
  public static long bound(Pixels pixels, EncodeOptions options) {
    EncodeOptions all = EncodedMetadata.complete(pixels.format(), options);
    long chunkBytes = EncodedMetadata.bytes(pixels.format(), all).length;
    return PngEncodeCalls.bound(
        pixels.width(), pixels.height(), pixels.format(), all, chunkBytes);
  }

  /**
   * Encodes into memory that is asked for once the PNG is there.
   *
   * @param pixels the caller's
   * @param out gives the memory
   * @param options how it is done
   * @return exactly the PNG
   */
  public static MemorySegment encode(Pixels pixels, SegmentAllocator out, EncodeOptions options) {
    EncodeOptions all = EncodedMetadata.complete(pixels.format(), options);
    try (Arena arena = Arena.ofConfined();
        Segments.InputPixels input = Segments.input(pixels);
        MemoryPool.Lease planned = MemoryPool.SHARED.lend(PngEncodeCalls.PLAN_BYTES)) {
      MemorySegment chunks = EncodedMetadata.in(arena, pixels.format(), all);
      PngEncodeCalls.Plan plan = plan(input.pixels(), all, chunks, planned);
      try (MemoryPool.Lease room = MemoryPool.SHARED.lend(plan.outputBytes())) {
        long bytes = run(plan, input.pixels(), all, chunks, room.segment());
        MemorySegment png = out.allocate(bytes, 1).asSlice(0, bytes);
        png.copyFrom(room.segment().asSlice(0, bytes));
        return png;
      }
    }
  }

  /**
   * Encodes into memory that is there.
   *
   * @param pixels the caller's
   * @param into the caller's memory
   * @param options how it is done
   * @return bytes of the PNG
   */
  public static long encode(Pixels pixels, MemorySegment into, EncodeOptions options) {
    EncodeOptions all = EncodedMetadata.complete(pixels.format(), options);
    Segments.requireOutputFor(into, pixels.bytes());
    try (Arena arena = Arena.ofConfined();
        Segments.InputPixels input = Segments.input(pixels);
        MemoryPool.Lease planned = MemoryPool.SHARED.lend(PngEncodeCalls.PLAN_BYTES)) {
      MemorySegment chunks = EncodedMetadata.in(arena, pixels.format(), all);
      PngEncodeCalls.Plan plan = plan(input.pixels(), all, chunks, planned);
      if (into.byteSize() >= plan.outputBytes()) {
        return run(plan, input.pixels(), all, chunks, into);
      }
      try (MemoryPool.Lease room = MemoryPool.SHARED.lend(plan.outputBytes())) {
        long bytes = run(plan, input.pixels(), all, chunks, room.segment());
        if (bytes > into.byteSize()) {
          throw new IllegalArgumentException(
              "the PNG has %d bytes, the output segment %d: Png.maxEncodedBytes is always enough"
                  .formatted(bytes, into.byteSize()));
        }
        MemorySegment.copy(room.segment(), 0, into, 0, bytes);
        return bytes;
      }
    }
  }

  private static PngEncodeCalls.Plan plan(
      Pixels pixels, EncodeOptions options, MemorySegment chunks, MemoryPool.Lease memory) {
    return PngEncodeCalls.plan(pixels, options, chunks, MemorySegment.NULL, memory.segment());
  }

  private static long run(
      PngEncodeCalls.Plan plan,
      Pixels pixels,
      EncodeOptions options,
      MemorySegment chunks,
      MemorySegment png) {
    if (options.parallelism() > 1 && plan.stripCount() > 1) {
      return runInStrips(plan, pixels, options, chunks, png);
    }
    try (MemoryPool.Lease scratch = MemoryPool.SHARED.lend(plan.scratchBytes())) {
      return PngEncodeCalls.encode(
          plan, pixels, options, chunks, png, scratch.segment(), MemorySegment.NULL);
    }
  }

  /** All strips into memory of their own, and from there to their places. */
  private static long runInStrips(
      PngEncodeCalls.Plan plan,
      Pixels pixels,
      EncodeOptions options,
      MemorySegment chunks,
      MemorySegment png) {
    try (MemoryPool.Lease room = MemoryPool.SHARED.lend(plan.stripCount() * plan.stripBytes())) {
      PngEncodeCalls.Strip[] done =
          StripEncoding.run(plan, options, pixels, 0, 0, plan.stripCount(), room.segment());
      long bytes = PngEncodeCalls.header(plan, chunks, png);
      PngEncodeCalls.Strips strips = PngEncodeCalls.Strips.NONE;
      for (int i = 0; i < done.length; i++) {
        MemorySegment.copy(room.segment(), i * plan.stripBytes(), png, bytes, done[i].bytes());
        bytes += done[i].bytes();
        strips = strips.and(done[i].strips());
      }
      bytes += PngEncodeCalls.end(plan, strips, png.asSlice(bytes));
      PngEncodeCalls.requireOutputBytes(bytes, options);
      return bytes;
    }
  }

  /**
   * Begins a file.
   *
   * @param png that gets its name when it is complete
   * @param width of the image
   * @param height of the image
   * @param format of its pixels
   * @param options how it is done
   * @return what takes the rows
   * @throws IOException if the file cannot be written
   */
  public static PngWriting create(
      Path png, int width, int height, PixelFormat format, EncodeOptions options)
      throws IOException {
    if (Files.exists(png) && !Files.isRegularFile(png) && !Files.isDirectory(png)) {
      throw new FileSystemException(
          png.toString(), null, "is no file that could be replaced: open a channel to it");
    }
    PendingFile file = PendingFile.nextTo(png);
    try {
      return new PngWriting(file.channel(), file, width, height, format, options);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }
}
