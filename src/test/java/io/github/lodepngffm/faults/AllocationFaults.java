package io.github.lodepngffm.faults;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.NativeSupport;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.PngReader;
import io.github.lodepngffm.internal.blocking.PngBmpBanding;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Run with the library that {@code scripts/build-test-library.sh} builds: lets the n-th native
 * allocation fail, once and from then on, for every n, in every entry point that allocates.
 */
public final class AllocationFaults {
  /** A way through the API, to the bytes that come out. */
  @FunctionalInterface
  private interface EntryPoint {
    byte[] run(byte[] png) throws Exception;
  }

  private final MethodHandle failAcquire;
  private final MethodHandle hasFailed;
  private final Path directory;
  private int failures;

  private AllocationFaults(Path directory) {
    this.directory = directory;
    SymbolLookup library = SymbolLookup.loaderLookup();
    Linker linker = Linker.nativeLinker();
    failAcquire =
        linker.downcallHandle(
            library.findOrThrow("lpf_fail_acquire"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    hasFailed =
        linker.downcallHandle(
            library.findOrThrow("lpf_acquire_has_failed"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT));
  }

  /** The only argument is a directory to write to. Prints what it has done, or throws. */
  public static void main(String[] arguments) throws Throwable {
    if (!NativeSupport.isAvailable()) {
      throw NativeSupport.cause().orElseThrow();
    }
    AllocationFaults faults = new AllocationFaults(Path.of(arguments[0]));
    for (PngFormat format :
        List.of(
            new PngFormat(PngFormat.RGB, 8),
            new PngFormat(PngFormat.GRAY, 1),
            new PngFormat(PngFormat.RGBA, 16))) {
      TestImage image = TestImage.random(format, 50, 20, 1);
      byte[] png = PngWriter.bytesOf(image);
      byte[] expected = ReferenceBmp.bytes(image);
      for (var entry : faults.entryPoints().entrySet()) {
        faults.check(entry.getKey(), entry.getValue(), png, expected);
      }
      for (PixelFormat target : List.of(PixelFormat.RGBA8, PixelFormat.BGR8, PixelFormat.RGB16)) {
        byte[] pixels = ReferenceFormats.bytes(image, target);
        for (var entry : faults.decoding(target).entrySet()) {
          faults.check(entry.getKey(), entry.getValue(), png, pixels);
        }
      }
    }
    faults.checkMetadata();
    faults.checkBuffers();
    System.out.println(faults.failures + " allocations have failed");
  }

  private Map<String, EntryPoint> entryPoints() {
    Map<String, EntryPoint> ways = new LinkedHashMap<>();
    ways.put("toBmp(byte[])", Png::toBmp);
    ways.put(
        "toBmp(heap segment, uninitialized memory)",
        png -> {
          try (Arena arena = Arena.ofConfined()) {
            return bytes(Png.toBmp(MemorySegment.ofArray(png), Buffers.uninitialized(arena)));
          }
        });
    ways.put(
        "toBmp(native segment, arena)",
        png -> {
          try (Arena arena = Arena.ofConfined()) {
            return bytes(Png.toBmp(arena.allocateFrom(ValueLayout.JAVA_BYTE, png), arena));
          }
        });
    ways.put(
        "toBmp(segment, allocator, tolerant)",
        png -> {
          try (Arena arena = Arena.ofConfined()) {
            return bytes(Png.toBmp(MemorySegment.ofArray(png), arena, ConvertOptions.tolerant()));
          }
        });
    ways.put(
        "toBmp(Path, Path)",
        png -> {
          Path from = Files.write(directory.resolve("a.png"), png);
          Path to = directory.resolve("a.bmp");
          Files.deleteIfExists(to);
          Png.toBmp(from, to);
          return Files.readAllBytes(to);
        });
    ways.put(
        "a file to a BMP in bands",
        png -> {
          Path from = Files.write(directory.resolve("c.png"), png);
          Path to = directory.resolve("c.bmp");
          Files.deleteIfExists(to);
          Limits limits = Limits.defaults();
          try (MemoryPool.Lease input = FileConversion.read(from, limits)) {
            FileConversion.writeParts(
                to,
                parts ->
                    Optional.of(PngBmpBanding.convert(input, ConvertOptions.defaults(), parts::write)));
          }
          return Files.readAllBytes(to);
        });
    ways.put(
        "toBmp(channel, channel)",
        png -> {
          ByteArrayOutputStream to = new ByteArrayOutputStream();
          Png.convert(
              Channels.newChannel(new ByteArrayInputStream(png)),
              Channels.newChannel(to),
              ConvertOptions.defaults());
          return to.toByteArray();
        });
    ways.put(
        "async toBmp(byte[])",
        png -> {
          try (AsyncConverter converter = AsyncConverter.create()) {
            return converter.toBmp(png).join();
          }
        });
    ways.put(
        "async toBmp(segment, arena)",
        png -> {
          try (AsyncConverter converter = AsyncConverter.create();
              Arena arena = Arena.ofShared()) {
            return bytes(converter.toBmp(MemorySegment.ofArray(png), arena).join());
          }
        });
    ways.put(
        "async toBmp(segment, function)",
        png -> {
          try (AsyncConverter converter = AsyncConverter.create()) {
            return converter.toBmp(MemorySegment.ofArray(png), AllocationFaults::bytes).join();
          }
        });
    ways.put(
        "async toBmp(Path, Path)",
        png -> {
          Path from = Files.write(directory.resolve("b.png"), png);
          Path to = directory.resolve("b.bmp");
          try (AsyncConverter converter = AsyncConverter.create()) {
            converter.toBmp(from, to).join();
          }
          return Files.readAllBytes(to);
        });
    return ways;
  }

  private Map<String, EntryPoint> decoding(PixelFormat format) {
    Map<String, EntryPoint> ways = new LinkedHashMap<>();
    ways.put(
        "decode(native segment, " + format + ", arena)",
        png -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocateFrom(ValueLayout.JAVA_BYTE, png);
            return bytes(Png.decode(input, format, arena).memory());
          }
        });
    ways.put(
        "decode(heap segment, " + format + ", uninitialized memory, tolerant)",
        png -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = MemorySegment.ofArray(png);
            SegmentAllocator out = Buffers.uninitialized(arena);
            return bytes(Png.decode(input, format, out, DecodeOptions.tolerant()).memory());
          }
        });
    ways.put(
        "decode(native segment, pixels of " + format + ", strict), and the palette",
        png -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocateFrom(ValueLayout.JAVA_BYTE, png);
            PngInfo info = Png.readInfo(input);
            long size = info.pixels() * format.bytesPerPixel();
            Pixels pixels = Pixels.of(arena.allocate(size), info.width(), info.height(), format);
            Png.decode(input, pixels, DecodeOptions.strict());
            Png.readMetadata(MemorySegment.ofArray(png));
            return bytes(pixels.memory());
          }
        });
    ways.put(
        "open(channel) and bands of " + format,
        png -> {
          try (Arena arena = Arena.ofConfined();
              PngReader reader =
                  Png.open(
                      Channels.newChannel(new ByteArrayInputStream(png)),
                      DecodeOptions.defaults())) {
            long bytes = (long) reader.width() * reader.height() * format.bytesPerPixel();
            Pixels pixels =
                Pixels.of(arena.allocate(bytes), reader.width(), reader.height(), format);
            reader.readRows(pixels);
            return bytes(pixels.memory());
          }
        });
    ways.put(
        "open(heap segment) and bands of " + format,
        png -> {
          try (Arena arena = Arena.ofConfined();
              PngReader reader = Png.open(MemorySegment.ofArray(png), DecodeOptions.defaults())) {
            long bandBytes = 7L * reader.width() * format.bytesPerPixel();
            Pixels band = Pixels.of(arena.allocate(bandBytes), reader.width(), 7, format);
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            for (int read = reader.readRows(band); read > 0; read = reader.readRows(band)) {
              rows.writeBytes(bytes(band.memory().asSlice(0, read * band.rowBytes())));
            }
            return rows.toByteArray();
          }
        });
    return ways;
  }

  /** A text that has to be inflated, and where the image data lies. */
  private void checkMetadata() throws Throwable {
    byte[] text = "what is compressed".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(new byte[] {'k', 0, 0});
    data.writeBytes(PngWriter.compress(text, 9));
    TestImage image = TestImage.random(new PngFormat(PngFormat.GRAY, 8), 9, 9, 1);
    PngWriter writer = PngWriter.of(image).chunkAfterData(PngChunk.of("zTXt", data.toByteArray()));
    byte[] png = writer.bytes();
    byte[] idat = writer.file().chunks().get(1).data();
    check(
        "readMetadata(heap segment)",
        file ->
            Png.readMetadata(MemorySegment.ofArray(file))
                .text("k")
                .orElseThrow()
                .getBytes(StandardCharsets.ISO_8859_1),
        png,
        text);
    check(
        "imageData(heap segment)",
        file -> bytes(Png.imageData(MemorySegment.ofArray(file)).getFirst()),
        png,
        idat);
  }

  private static byte[] bytes(MemorySegment segment) {
    return segment.toArray(ValueLayout.JAVA_BYTE);
  }

  private void check(String name, EntryPoint entryPoint, byte[] png, byte[] expected)
      throws Throwable {
    MemoryPool.SHARED.releaseIdle();
    long before = MemoryCalls.liveAllocations();
    for (int onwards = 0; onwards <= 1; onwards++) {
      int n = 0;
      boolean failed;
      do {
        n++;
        MemoryPool.SHARED.releaseIdle(); // so that everything has to be allocated
        failAcquire.invokeExact((long) n, onwards);
        Throwable thrown = null;
        byte[] result = null;
        try {
          result = entryPoint.run(png);
        } catch (CompletionException e) {
          thrown = e.getCause();
        } catch (PngException | OutOfMemoryError e) {
          thrown = e;
        }
        failed = (int) hasFailed.invokeExact() != 0;
        failAcquire.invokeExact(0L, 0);
        String step = name + ", allocation " + n + (onwards == 0 ? "" : " onwards") + ": ";
        require(failed == (thrown != null), step + "failed is " + failed + ", thrown " + thrown);
        require(thrown == null || isOutOfMemory(thrown), step + thrown);
        require(thrown != null || Arrays.equals(result, expected), step + "wrong bytes");
        MemoryPool.SHARED.releaseIdle();
        long after = MemoryCalls.liveAllocations();
        require(after == before, step + after + " live allocations, before " + before);
        failures += failed ? 1 : 0;
      } while (failed);
      require(n > 1, name + " allocates nothing: it could not fail");
    }
  }

  private static boolean isOutOfMemory(Throwable e) {
    return e instanceof OutOfMemoryError
        || (e instanceof PngException png && png.kind() == PngException.Kind.OUT_OF_MEMORY);
  }

  private void checkBuffers() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom("ABC");
      for (MemorySegment memory :
          List.of(text, MemorySegment.ofArray(new byte[] {65, 66, 67, 0}))) {
        failAcquire.invokeExact(1L, 0);
        try {
          Buffers.rotateBoth(memory, 13, arena);
          throw new AssertionError("memory came from nowhere");
        } catch (OutOfMemoryError e) {
          require(new String(bytes(memory)).equals("ABC\0"), "bytes have changed");
          failures++;
        }
      }
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
