package io.github.lodepngffm.internal.jfr;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.ffm.PngPixelsCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import jdk.jfr.FlightRecorder;

/** The one place where conversions, synchronous or not, meet Java Flight Recorder. */
public final class ObservedConversion {
  /** Runtimes made to measure can be without it, which the class path does not tell. */
  private static final boolean RECORDER_EXISTS =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private ObservedConversion() {}

  /**
   * Converts, and records an event if a recording asks for it.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check
   * @param plan the sizes
   * @param bmp where the BMP goes, native
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @param queueNanos how long this has waited for its turn
   * @return what it did
   */
  public static ConversionReport convert(
      MemorySegment png,
      ConvertOptions options,
      PngBmpCalls.Plan plan,
      MemorySegment bmp,
      MemorySegment scratch,
      MemorySegment cancel,
      long queueNanos) {
    if (!isRecording()) {
      return PngBmpCalls.convert(png, options, bmp, scratch, cancel, 0);
    }
    return observed(
        png.byteSize(),
        plan.info(),
        queueNanos,
        () -> PngBmpCalls.convert(png, options, bmp, scratch, cancel, 0));
  }

  /**
   * Decodes, and records an event if a recording asks for it.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check, and what becomes of transparency
   * @param plan the sizes
   * @param pixels where the pixels go, native
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @param queueNanos how long this has waited for its turn
   * @return what it did
   */
  public static ConversionReport decode(
      MemorySegment png,
      DecodeOptions options,
      PngPixelsCalls.Plan plan,
      Pixels pixels,
      MemorySegment scratch,
      MemorySegment cancel,
      long queueNanos) {
    if (!isRecording()) {
      return PngPixelsCalls.decode(png, options, pixels, scratch, cancel, 0);
    }
    return observed(
        png.byteSize(),
        plan.info(),
        queueNanos,
        () -> PngPixelsCalls.decode(png, options, pixels, scratch, cancel, 0));
  }

  /**
   * Converts in bands, and records an event if a recording asks for it.
   *
   * @param bytesIn of the PNG
   * @param info its header
   * @param work converts, and hands on what it has made
   * @return what it did
   * @throws IOException if it cannot hand that on
   */
  public static ConversionReport inBands(long bytesIn, PngInfo info, Work<IOException> work)
      throws IOException {
    return isRecording() ? observed(bytesIn, info, 0, work) : work.run();
  }

  /**
   * What is observed.
   *
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    /**
     * Does it.
     *
     * @return what it did
     * @throws E where it may
     */
    ConversionReport run() throws E;
  }

  /** Asked first, since making an event loads all of the recorder. */
  private static boolean isRecording() {
    return RECORDER_EXISTS && FlightRecorder.isInitialized();
  }

  private static <E extends Exception> ConversionReport observed(
      long bytesIn, PngInfo info, long queueNanos, Work<E> call) throws E {
    ConversionEvent event = new ConversionEvent();
    if (!event.isEnabled()) {
      return call.run();
    }
    event.bytesIn = bytesIn;
    event.width = info.width();
    event.height = info.height();
    event.path = info.decodePath().name();
    event.queueTime = queueNanos;
    long start = System.nanoTime();
    event.begin();
    try {
      ConversionReport report = call.run();
      event.bytesOut = report.bytesWritten();
      event.path = report.decodePath().name();
      event.outcome = "CONVERTED";
      return report;
    } catch (PngException e) {
      event.outcome = e.kind().name();
      event.errorCode = e.errorCode();
      throw e;
    } catch (Throwable e) {
      event.outcome = e.getClass().getName();
      throw e;
    } finally {
      event.nativeTime = System.nanoTime() - start;
      event.commit();
    }
  }
}
