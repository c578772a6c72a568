package io.github.lodepngffm.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.github.lodepngffm.Alpha;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.util.Arrays;
import java.util.List;

/** What a fuzzer chooses again and again: files and options. */
final class Choices {
  private static final List<byte[]> SOUND =
      List.of(
          sound(new PngFormat(PngFormat.RGB, 8)),
          sound(new PngFormat(PngFormat.GRAY, 2)),
          sound(new PngFormat(PngFormat.RGBA, 16)),
          sound(new PngFormat(PngFormat.PALETTE, 8)),
          sound(new PngFormat(PngFormat.GRAY_ALPHA, 8)),
          sound(new PngFormat(PngFormat.RGBA, 8)),
          transparent(new PngFormat(PngFormat.PALETTE, 4)),
          transparent(new PngFormat(PngFormat.GRAY, 16)));

  private Choices() {}

  private static byte[] sound(PngFormat format) {
    return PngWriter.of(TestImage.random(format, 13, 11, 1)).mixedFilters(1).bytes();
  }

  private static byte[] transparent(PngFormat format) {
    TestImage image = TestImage.random(format, 13, 11, 1).withTransparency((byte) 0, (byte) 9);
    return PngWriter.of(image).interlaced(true).mixedFilters(1).bytes();
  }

  /** A sound PNG, one with a few bytes changed, one that is cut, or any bytes. */
  static byte[] png(FuzzedDataProvider data) {
    byte[] png = SOUND.get(data.consumeInt(0, SOUND.size() - 1)).clone();
    switch (data.consumeInt(0, 4)) {
      case 0 -> {
        for (int changes = data.consumeInt(1, 4); changes > 0; changes--) {
          png[data.consumeInt(0, png.length - 1)] = data.consumeByte();
        }
      }
      case 1 -> png = Arrays.copyOf(png, data.consumeInt(0, png.length));
      case 2 -> png = data.consumeBytes(200);
      default -> {}
    }
    return png;
  }

  /** Mostly the defaults; else limits that a small file may meet. */
  static ConvertOptions options(FuzzedDataProvider data) {
    ConvertOptions options =
        ConvertOptions.defaults().withTolerance(data.pickValue(Tolerance.values()));
    if (data.consumeBoolean()) {
      return options;
    }
    return options.withLimits(limits(data));
  }

  /** Mostly the defaults; else limits that a small file may meet, and what becomes of alpha. */
  static DecodeOptions decodeOptions(FuzzedDataProvider data) {
    DecodeOptions options =
        DecodeOptions.defaults()
            .withTolerance(data.pickValue(Tolerance.values()))
            .withAlpha(data.pickValue(Alpha.values()));
    if (data.consumeInt(0, 3) == 0) {
      int gray = data.consumeInt(0, 255);
      options = options.withBackground(gray, gray, data.consumeBoolean() ? gray : 7);
    }
    return data.consumeBoolean() ? options : options.withLimits(limits(data));
  }

  private static Limits limits(FuzzedDataProvider data) {
    return new Limits(
        limit(data), limit(data), limit(data), limit(data), limit(data), limit(data), 1);
  }

  private static long limit(FuzzedDataProvider data) {
    return data.consumeBoolean() ? Long.MAX_VALUE : data.consumeLong(0, 5000);
  }
}
