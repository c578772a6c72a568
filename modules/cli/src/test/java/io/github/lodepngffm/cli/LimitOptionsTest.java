package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lodepngffm.Limit;
import io.github.lodepngffm.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

class LimitOptionsTest {
  @Command
  private static final class Host {
    @Mixin private LimitOptions limits;
  }

  private static Limits limitsOf(String... arguments) {
    Host host = new Host();
    new CommandLine(host).parseArgs(arguments);
    return host.limits.limits();
  }

  @Test
  void everyLimitHasAnOptionThatMessagesName() throws ReflectiveOperationException {
    assertThat(Limit.values()).hasSameSizeAs(Limits.class.getRecordComponents());
    for (Limit limit : Limit.values()) {
      Limits expected =
          (Limits)
              Limits.class.getMethod(limit.method(), long.class).invoke(Limits.defaults(), 77L);
      assertThat(limitsOf(LimitOptions.of(limit), "77")).as("%s", limit).isEqualTo(expected);
    }
  }

  @Test
  void theDefaultsAreTheLibrarys() {
    assertThat(limitsOf()).isEqualTo(Limits.defaults());
  }

  @Test
  void unlimitedLeavesOnlyTheLimitsGivenBesideIt() {
    assertThat(limitsOf("--unlimited")).isEqualTo(Limits.unlimited());
    assertThat(limitsOf("--unlimited", "--max-pixels", "5"))
        .isEqualTo(Limits.unlimited().withMaxPixels(5));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4096, 4096", "1k, 1024", "3M, 3145728", "2GiB, 2147483648", "5kb, 5120"})
  void bytesAreWrittenAsPeopleDo(String text, long bytes) {
    assertThat(new ByteCount().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.5G", "M", "99999999999G", "99999999999999999999"})
  void otherTextIsNoNumberOfBytes(String text) {
    assertThatThrownBy(() -> new ByteCount().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }
}
