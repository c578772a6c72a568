package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void convertsTheArticlesPictureToTheArticlesBytes() throws IOException {
    Conformance.assumeAvailable();
    byte[] png = Files.readAllBytes(Path.of(System.getenv("CONFORMANCE_DIR"), "seed/sample.png"));
    assertThat(Sha256.of(Png.toBmp(png)))
        .isEqualTo("0e15f9e50b90aff5bb7c48bfff26e6b920ed7557dbdd973d1a29e7960fb60c9b");
  }
}
