package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of decoding and of conversion, which are made by the same methods. */
class DecodeOptionsTest {
  @Test
  void theDefaultsShowWhatViewersShow() {
    DecodeOptions options = DecodeOptions.defaults();
    assertThat(options.limits()).isEqualTo(Limits.defaults());
    assertThat(options.tolerance()).isEqualTo(Tolerance.ANCILLARY_DAMAGE);
    assertThat(options.alpha()).isEqualTo(Alpha.STRAIGHT);
    assertThat(options.background()).isEmpty();
    assertThat(ConvertOptions.defaults())
        .isEqualTo(new ConvertOptions(Limits.defaults(), Tolerance.ANCILLARY_DAMAGE));
  }

  @Test
  void strictAndTolerantAreTheOtherTwoTolerances() {
    assertThat(DecodeOptions.strict().tolerance()).isEqualTo(Tolerance.STRICT);
    assertThat(DecodeOptions.tolerant().tolerance()).isEqualTo(Tolerance.TRUNCATED_DATA);
    assertThat(ConvertOptions.strict().tolerance()).isEqualTo(Tolerance.STRICT);
    assertThat(ConvertOptions.tolerant().tolerance()).isEqualTo(Tolerance.TRUNCATED_DATA);
  }

  @Test
  void eachMethodChangesOneOptionAndKeepsTheOthers() {
    Limits limits = Limits.defaults().withMaxPixels(7);
    DecodeOptions all =
        DecodeOptions.defaults()
            .withBackground(1, 2, 255)
            .withAlpha(Alpha.PREMULTIPLIED)
            .withTolerance(Tolerance.STRICT)
            .withLimits(limits);
    assertThat(all.background()).isEqualTo(OptionalInt.of(0x0102FF));
    assertThat(all.alpha()).isEqualTo(Alpha.PREMULTIPLIED);
    assertThat(all.tolerance()).isEqualTo(Tolerance.STRICT);
    assertThat(all.limits()).isEqualTo(limits);
    assertThat(DecodeOptions.defaults().background()).isEmpty();

    ConvertOptions bmp =
        ConvertOptions.defaults()
            .withBackground(1, 2, 255)
            .withBmpFormat(BmpFormat.MATCH)
            .withTolerance(Tolerance.STRICT)
            .withLimits(limits);
    assertThat(bmp)
        .isEqualTo(
            new ConvertOptions(
                limits, Tolerance.STRICT, BmpFormat.MATCH, OptionalInt.of(0x0102FF)));
  }

  @Test
  void optionsAreEqualWhenAllOfTheirValuesAre() {
    DecodeOptions options = DecodeOptions.defaults();
    assertThat(options.withBackground(1, 2, 3))
        .isEqualTo(options.withBackground(1, 2, 3))
        .hasSameHashCodeAs(options.withBackground(1, 2, 3))
        .isNotEqualTo(options.withBackground(1, 2, 4))
        .isNotEqualTo(options)
        .hasToString(
            "DecodeOptions[limits=%s, tolerance=ANCILLARY_DAMAGE, alpha=STRAIGHT, background=%s]",
            Limits.defaults(), OptionalInt.of(0x010203));
    assertThat(options.withAlpha(Alpha.PREMULTIPLIED)).isNotEqualTo(options);
    assertThat(DecodeOptions.strict()).isNotEqualTo(options);
    assertThat(options.withLimits(Limits.unlimited())).isNotEqualTo(options);
  }

  @ParameterizedTest
  @CsvSource({"256, 0, 0", "0, -1, 0", "0, 0, 1000"})
  void aBackgroundBeyondABytePerSampleIsRefusedWithItsNumbers(int red, int green, int blue) {
    String message = "a background of red %d, green %d, blue %d: each must be 0 to 255";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecodeOptions.defaults().withBackground(red, green, blue))
        .withMessage(message, red, green, blue);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvertOptions.defaults().withBackground(red, green, blue))
        .withMessage(message, red, green, blue);
  }

  @Test
  void aBackgroundWithMoreThanThreeSamplesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ConvertOptions(
                Limits.defaults(), Tolerance.STRICT, BmpFormat.CLASSIC, OptionalInt.of(0xFF000000)))
        .withMessageContaining("0xff000000");
  }

  @Test
  void nullsAreRefusedByName() {
    DecodeOptions options = DecodeOptions.defaults();
    assertThatNullPointerException()
        .isThrownBy(() -> options.withLimits(null))
        .withMessage("limits");
    assertThatNullPointerException()
        .isThrownBy(() -> options.withTolerance(null))
        .withMessage("tolerance");
    assertThatNullPointerException().isThrownBy(() -> options.withAlpha(null)).withMessage("alpha");
    assertThatNullPointerException()
        .isThrownBy(() -> ConvertOptions.defaults().withBmpFormat(null))
        .withMessage("bmpFormat");
  }
}
