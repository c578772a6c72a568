package io.github.lodepngffm;

import io.github.lodepngffm.internal.async.OwnWork;
import io.github.lodepngffm.internal.async.PngToBmp;
import io.github.lodepngffm.internal.async.PngToPixels;
import io.github.lodepngffm.internal.async.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Something for an {@link AsyncConverter} to do. Making a task does nothing yet; it is a value that
 * can be submitted again, to several converters, and from any thread.
 *
 * {@snippet :
 * try (AsyncConverter converter = AsyncConverter.create()) {
 *   MemorySegment png = MemorySegment.ofArray(Files.readAllBytes(Path.of("picture.png")));
 *   Task<Pixels> task = Task.decode(png, PixelFormat.RGBA8, Arena.ofAuto());
 *   CompletableFuture<Pixels> pixels = converter.submit(task);
 *   System.out.println(pixels.join().width() + " pixels in a row");
 * }
 * }
 *
 * <p>A PNG in a segment or array is read until the future is done, and must not change until then.
 * Native segments are read where they are; heap segments, arrays and mapped files are copied to
 * native memory. Memory confined to one thread is refused when the task is made, with an {@link
 * IllegalArgumentException}, since other threads read and write it.
 *
 * <p>A task without options is done with those of the {@linkplain AsyncConverter.Builder#options
 * converter}; decoding takes limits, tolerance and background from them. A task with options is
 * done with these alone.
 *
 * @param <R> what the future of the task holds
 */
public final class Task<R> {
  private final Work<R> work;

  private Task(Work<R> work) {
    this.work = work;
  }

  /** For the converter. */
  Work<R> work() {
    return work;
  }

  /**
   * PNG to BMP, which is shown to a function on the job's virtual thread. The memory is lent: once
   * the function has returned, every use of the segment, and of slices and buffers of it, throws
   * {@link IllegalStateException}. Other threads get a {@link WrongThreadException} at any time.
   *
   * @param <R> the function's result
   * @param png the bytes of a PNG
   * @param consumer gets exactly the BMP; must not return it, or a part of it
   * @return what the function returns; fails with what it throws
   * @throws IllegalArgumentException if {@code png} is confined to one thread
   */
  public static <R> Task<R> toBmp(
      MemorySegment png, Function<? super MemorySegment, ? extends R> consumer) {
    return new Task<>(PngToBmp.lent(png, consumer, null));
  }

  /**
   * PNG to BMP, lent to a function as in {@link #toBmp(MemorySegment, Function)}.
   *
   * @param <R> the function's result
   * @param png the bytes of a PNG
   * @param consumer gets exactly the BMP; must not return it, or a part of it
   * @param options how it is done
   * @return what the function returns; fails with what it throws
   * @throws IllegalArgumentException if {@code png} is confined to one thread
   */
  public static <R> Task<R> toBmp(
      MemorySegment png,
      Function<? super MemorySegment, ? extends R> consumer,
      ConvertOptions options) {
    return new Task<>(PngToBmp.lent(png, consumer, required(options)));
  }

  /**
   * PNG to BMP in memory of an arena, not filled with zeros first. The memory belongs to the arena
   * also when the job fails or is cancelled after it was allocated.
   *
   * @param png the bytes of a PNG
   * @param arena shared, automatic or global; to be kept open until the future is done
   * @return exactly the BMP; fails with {@link IllegalStateException} if the arena was closed
   * @throws IllegalArgumentException if {@code png} or {@code arena} is confined to one thread
   * @throws IllegalStateException if the arena is closed
   */
  public static Task<MemorySegment> toBmp(MemorySegment png, Arena arena) {
    return new Task<>(PngToBmp.inArena(png, arena, null));
  }

  /**
   * PNG to BMP in memory of an arena, as {@link #toBmp(MemorySegment, Arena)}.
   *
   * @param png the bytes of a PNG
   * @param arena shared, automatic or global; to be kept open until the future is done
   * @param options how it is done
   * @return exactly the BMP; fails with {@link IllegalStateException} if the arena was closed
   * @throws IllegalArgumentException if {@code png} or {@code arena} is confined to one thread
   * @throws IllegalStateException if the arena is closed
   */
  public static Task<MemorySegment> toBmp(MemorySegment png, Arena arena, ConvertOptions options) {
    return new Task<>(PngToBmp.inArena(png, arena, required(options)));
  }

  /**
   * PNG to BMP between arrays. Copies the PNG to native memory and the BMP from it.
   *
   * @param png the bytes of a PNG
   * @return the BMP
   */
  public static Task<byte[]> toBmp(byte[] png) {
    return new Task<>(PngToBmp.array(png, null));
  }

  /**
   * PNG to BMP between arrays, as {@link #toBmp(byte[])}.
   *
   * @param png the bytes of a PNG
   * @param options how it is done
   * @return the BMP
   */
  public static Task<byte[]> toBmp(byte[] png, ConvertOptions options) {
    return new Task<>(PngToBmp.array(png, required(options)));
  }

  /**
   * PNG to BMP between files, as {@link Png#toBmp(Path, Path)} does it: whole or not at all. Who
   * submits this reads the header, to know how much room the job needs; the job reads the rest. A
   * pipe or device is counted with all the bytes that there is room for, since its size is unknown.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @return {@code bmp}; fails with {@link java.io.IOException}, or a {@link PngException} that
   *     names the file
   */
  public static Task<Path> toBmp(Path png, Path bmp) {
    return new Task<>(PngToBmp.file(png, bmp, report -> bmp, null));
  }

  /**
   * PNG to BMP between files, as {@link #toBmp(Path, Path)}.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @param options how it is done
   * @return {@code bmp}; fails with {@link java.io.IOException}, or a {@link PngException} that
   *     names the file
   */
  public static Task<Path> toBmp(Path png, Path bmp, ConvertOptions options) {
    return new Task<>(PngToBmp.file(png, bmp, report -> bmp, required(options)));
  }

  /**
   * PNG to BMP between files, as {@link #toBmp(Path, Path)}, and how that went.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @return what it did
   */
  public static Task<ConversionReport> convert(Path png, Path bmp) {
    return new Task<>(PngToBmp.file(png, bmp, report -> report, null));
  }

  /**
   * PNG to BMP between files, as {@link #toBmp(Path, Path)}, and how that went.
   *
   * @param png the file to read
   * @param bmp the file to write, replaced if it exists
   * @param options how it is done
   * @return what it did
   */
  public static Task<ConversionReport> convert(Path png, Path bmp, ConvertOptions options) {
    return new Task<>(PngToBmp.file(png, bmp, report -> report, required(options)));
  }

  /**
   * PNG to pixels, which are shown to a function on the job's virtual thread. Their memory is lent,
   * as that of {@link #toBmp(MemorySegment, Function)} is.
   *
   * @param <R> the function's result
   * @param png the bytes of a PNG
   * @param format what the bytes of a pixel shall be
   * @param consumer gets the pixels, rows from the uppermost on, with nothing between; must not
   *     return them
   * @return what the function returns; fails with what it throws, or as {@link
   *     Png#decode(MemorySegment, PixelFormat, java.lang.foreign.SegmentAllocator) Png.decode} does
   * @throws IllegalArgumentException if {@code png} is confined to one thread
   */
  public static <R> Task<R> decode(
      MemorySegment png, PixelFormat format, Function<? super Pixels, ? extends R> consumer) {
    return new Task<>(PngToPixels.lent(png, format, consumer, null));
  }

  /**
   * PNG to pixels, lent to a function as in {@link #decode(MemorySegment, PixelFormat, Function)}.
   *
   * @param <R> the function's result
   * @param png the bytes of a PNG
   * @param format what the bytes of a pixel shall be
   * @param consumer gets the pixels, rows from the uppermost on, with nothing between; must not
   *     return them
   * @param options how it is done
   * @return what the function returns; fails with what it throws, or as {@code Png.decode} does
   * @throws IllegalArgumentException if {@code png} is confined to one thread
   */
  public static <R> Task<R> decode(
      MemorySegment png,
      PixelFormat format,
      Function<? super Pixels, ? extends R> consumer,
      DecodeOptions options) {
    return new Task<>(PngToPixels.lent(png, format, consumer, required(options)));
  }

  /**
   * PNG to pixels in memory of an arena, not filled with zeros first. The memory belongs to the
   * arena also when the job fails or is cancelled after it was allocated.
   *
   * @param png the bytes of a PNG
   * @param format what the bytes of a pixel shall be
   * @param arena shared, automatic or global; to be kept open until the future is done
   * @return the pixels, rows from the uppermost on, with nothing between; fails as {@code
   *     Png.decode} does, and with {@link IllegalStateException} if the arena was closed
   * @throws IllegalArgumentException if {@code png} or {@code arena} is confined to one thread
   * @throws IllegalStateException if the arena is closed
   */
  public static Task<Pixels> decode(MemorySegment png, PixelFormat format, Arena arena) {
    return new Task<>(PngToPixels.inArena(png, format, arena, null));
  }

  /**
   * PNG to pixels in memory of an arena, as {@link #decode(MemorySegment, PixelFormat, Arena)}.
   *
   * @param png the bytes of a PNG
   * @param format what the bytes of a pixel shall be
   * @param arena shared, automatic or global; to be kept open until the future is done
   * @param options how it is done
   * @return the pixels, rows from the uppermost on, with nothing between; fails as {@code
   *     Png.decode} does, and with {@link IllegalStateException} if the arena was closed
   * @throws IllegalArgumentException if {@code png} or {@code arena} is confined to one thread
   * @throws IllegalStateException if the arena is closed
   */
  public static Task<Pixels> decode(
      MemorySegment png, PixelFormat format, Arena arena, DecodeOptions options) {
    return new Task<>(PngToPixels.inArena(png, format, arena, required(options)));
  }

  /**
   * PNG to pixels in memory that is already there, such as a part of a larger image. Nobody may use
   * that part until the future is done; after a failure its content is undefined.
   *
   * @param png the bytes of a PNG
   * @param into where the pixels go, of the size of the image: native, writable, not confined,
   *     apart from {@code png}. Its memory is not counted, since it is there
   * @return what it did; fails as {@link Png#decode(MemorySegment, Pixels, DecodeOptions)
   *     Png.decode} does, with an {@link IllegalArgumentException} if {@code into} cannot be used
   * @throws IllegalArgumentException if {@code png} or {@code into} is confined to one thread
   */
  public static Task<ConversionReport> decode(MemorySegment png, Pixels into) {
    return new Task<>(PngToPixels.into(png, into, null));
  }

  /**
   * PNG to pixels in memory that is already there, as {@link #decode(MemorySegment, Pixels)}.
   *
   * @param png the bytes of a PNG
   * @param into where the pixels go, of the size of the image: native, writable, not confined,
   *     apart from {@code png}. Its memory is not counted, since it is there
   * @param options how it is done
   * @return what it did; fails as {@code Png.decode} does, with an {@link IllegalArgumentException}
   *     if {@code into} cannot be used
   * @throws IllegalArgumentException if {@code png} or {@code into} is confined to one thread
   */
  public static Task<ConversionReport> decode(
      MemorySegment png, Pixels into, DecodeOptions options) {
    return new Task<>(PngToPixels.into(png, into, required(options)));
  }

  /**
   * Code of one's own, such as several calls of {@link Png} on one image, within the converter's
   * bounds: it is called on one of the threads for native calls, once there is room. Cancelling
   * drops it where it has not begun, and otherwise lets it come to its end.
   *
   * @param <R> its result
   * @param bytes of native memory that it will need, which the job is counted with
   * @param code what to call
   * @return what it returns; fails with what it throws
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public static <R> Task<R> of(long bytes, Callable<? extends R> code) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a task of " + bytes + " bytes");
    }
    return new Task<>(new OwnWork<>(bytes, Objects.requireNonNull(code, "code")));
  }

  private static <T> T required(T options) {
    return Objects.requireNonNull(options, "options");
  }
}
