package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.internal.load.NativeLoader;
import org.junit.jupiter.api.Test;

/** The answers when all is well; internal/load/NativeLoaderTest has those when it is not. */
class NativeSupportTest {
  @Test
  void aLoadedLibrarySaysWhatItIsAndWhereItCameFrom() {
    assertThat(NativeSupport.isAvailable()).isTrue();
    assertThat(NativeSupport.cause()).isEmpty();
    assertThat(NativeSupport.version())
        .matches("LodePNG \\d{8}, libdeflate \\d+\\.\\d+.*, [a-z0-9]+");
    assertThat(NativeSupport.origin().orElseThrow()).isNotBlank();
  }

  @Test
  void theAnswersStayTheSame() {
    assertThat(NativeSupport.version()).isEqualTo(NativeSupport.version());
    assertThat(NativeSupport.origin()).isEqualTo(NativeSupport.origin());
  }

  @Test
  void platformsAreNamedByOperatingSystemAndMachine() {
    assertThat(NativeLoader.platform()).matches("(linux|macos|windows)-(x86_64|aarch64|[a-z0-9]+)");
  }
}
