package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/** From a file to a file. */
final class FileForm<R> extends Form<R> {
  private final Path png;
  private final Path bmp;
  private final Function<ConversionReport, R> result;
  private long inputBytes;

  FileForm(Path png, Path bmp, Function<ConversionReport, R> result) {
    this.png = Objects.requireNonNull(png, "png");
    this.bmp = Objects.requireNonNull(bmp, "bmp");
    this.result = result;
  }

  @Override
  PngBmpCalls.Plan plan(ConvertOptions options) throws IOException {
    FileConversion.Header header = FileConversion.header(png, options.limits());
    if (header == null) {
      return null;
    }
    inputBytes = header.fileBytes() + 1; // with room to see that the file has ended
    return PngBmpCalls.bound(header.bytes(), header.fileBytes(), options);
  }

  @Override
  long inputBytes() {
    return inputBytes;
  }

  @Override
  boolean usesFiles() {
    return true;
  }

  @Override
  MemoryPool.Lease read(MemoryPool pool, ConvertOptions options) throws IOException {
    return FileConversion.read(png, options.limits(), pool);
  }

  @Override
  R finish(MemorySegment content, ConversionReport report, JobFuture<R> future) throws IOException {
    FileConversion.writeWhole(bmp, content, future::isAbandoned, future::claim);
    return result.apply(report);
  }

  @Override
  Throwable explained(Throwable failure) {
    return failure instanceof PngException e ? e.in(png) : failure;
  }
}
