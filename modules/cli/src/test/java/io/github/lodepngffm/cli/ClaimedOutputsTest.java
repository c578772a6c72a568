package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClaimedOutputsTest {
  @Test
  void eachOutputIsClaimedOnceHoweverManyThereAre() {
    ClaimedOutputs claimed = new ClaimedOutputs();
    for (int i = 0; i < 20_000; i++) {
      assertThat(claimed.add(Path.of("out/" + i + ".bmp"))).isTrue();
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(claimed.add(Path.of("out/" + i + ".bmp"))).isFalse();
    }
  }
}
