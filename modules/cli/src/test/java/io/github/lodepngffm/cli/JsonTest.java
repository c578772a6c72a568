package io.github.lodepngffm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whatRfc8259WantsEscapedIsEscaped() {
    assertThat(new Json().with("a\"b", "c\\d\n\t\u0000\u007f").with("n", -5))
        .hasToString("{\"a\\\"b\":\"c\\\\d\\u000a\\u0009\\u0000\\u007f\",\"n\":-5}");
  }

  @Test
  void lettersBeyondAsciiStayAndHalvesOfPairsAreEscaped() {
    assertThat(new Json().with("k", "\u00e4 \ud83d\ude00"))
        .hasToString("{\"k\":\"\u00e4 \ud83d\ude00\"}");
    assertThat(new Json().with("k", "\ud83d!\ude00")).hasToString("{\"k\":\"\\ud83d!\\ude00\"}");
  }
}
