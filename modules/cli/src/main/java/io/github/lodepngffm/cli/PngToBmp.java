package io.github.lodepngffm.cli;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.Task;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * What {@code png2bmp} does.
 *
 * @param options how each conversion is done
 */
record PngToBmp(ConvertOptions options) implements Conversions {
  @Override
  public Outcome convert(Path png, Path bmp) throws IOException {
    return Outcome.of(Png.convert(png, bmp, options));
  }

  @Override
  public Outcome convert(ReadableByteChannel png, Path bmp) throws IOException {
    return Outcome.of(Png.convert(png, bmp, options));
  }

  @Override
  public Outcome convert(ReadableByteChannel png, WritableByteChannel bmp) throws IOException {
    return Outcome.of(Png.convert(png, bmp, options));
  }

  @Override
  public void submit(
      AsyncConverter converter, Path png, Path bmp, BiConsumer<Outcome, Throwable> whenDone) {
    converter
        .submit(Task.convert(png, bmp, options))
        .whenComplete((report, failure) ->
            whenDone.accept(report == null ? null : Outcome.of(report), failure));
  }
}
