package io.github.lodepngffm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lodepngffm.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {
  @TempDir Path folder;

  @Test
  void a_comparison_of_a_run_with_itself_finds_nothing() {
    Comparison comparison = Comparison.of(SampleResults.with(1), SampleResults.with(1));
    assertThat(comparison.isSlower()).isFalse();
    assertThat(comparison.text()).doesNotContain("SLOWER");
  }

  @Test
  void a_comparison_finds_what_became_a_tenth_slower() {
    Comparison comparison = Comparison.of(SampleResults.with(1), SampleResults.with(1.1));
    assertThat(comparison.isSlower()).isTrue();
    assertThat(comparison.text()).contains("SLOWER");
  }

  @Test
  void a_comparison_does_not_mind_what_became_faster() {
    Comparison comparison = Comparison.of(SampleResults.with(1), SampleResults.with(0.8));
    assertThat(comparison.isSlower()).isFalse();
    assertThat(comparison.text()).contains("faster");
  }

  @Test
  void a_floor_that_only_one_run_has_is_left_out_of_a_comparison() {
    Results whole = SampleResults.with(1);
    Comparison comparison = Comparison.of(without(whole, Results.FLOOR), whole);
    assertThat(comparison.text()).doesNotContain("faster", "SLOWER");
    assertThat(Comparison.of(whole, without(whole, Results.FLOOR)).isSlower()).isFalse();
  }

  @Test
  void runs_that_have_nothing_in_common_do_not_pass_for_equal() {
    Results whole = SampleResults.with(1);
    Results empty =
        new Results(
            whole.format(), whole.run(), List.of(), whole.peers(), whole.absent(), List.of());
    assertThatThrownBy(() -> Comparison.of(empty, whole))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in common");
  }

  private static Results without(Results results, String contender) {
    return new Results(
        results.format(),
        results.run(),
        results.pictures(),
        results.peers(),
        results.absent(),
        results.series().stream().filter(s -> !s.contender().equals(contender)).toList());
  }

  @Test
  void results_come_back_from_their_file_as_they_were() throws IOException {
    Results results = SampleResults.with(1);
    Path file = folder.resolve("results.json");
    results.writeJson(file);
    Results read = Results.readJson(file);
    assertThat(read.run()).isEqualTo(results.run());
    assertThat(TextTable.of(read)).isEqualTo(TextTable.of(results));
  }

  @Test
  void quantiles_interpolate() {
    assertThat(Statistics.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    assertThat(Statistics.quantile(new double[] {10, 20, 30}, 0.25)).isEqualTo(15);
    assertThat(Statistics.geometricMean(new double[] {2, 8})).isCloseTo(4, within(1e-12));
  }

  @Test
  void numbers_are_shown_in_the_unit_that_suits() {
    assertThat(Units.text(1234, "ns")).isEqualTo("1.23 µs");
    assertThat(Units.text(999.9, "ns")).isEqualTo("1.00 µs");
    assertThat(Units.text(45.678, "ms")).isEqualTo("45.7 ms");
    assertThat(Units.text(3 << 20, "bytes")).isEqualTo("3 MiB");
  }

  @Test
  void everybody_has_a_turn_in_each_round_and_only_counted_rounds_leave_samples() throws Exception {
    Map<String, Job> jobs = new LinkedHashMap<>();
    int[] runs = new int[2];
    jobs.put("a", counting(runs, 0));
    jobs.put("b", counting(runs, 1));
    Rounds rounds = new Rounds(jobs, 0);
    rounds.round();
    rounds.record(true);
    rounds.round();
    rounds.round();
    assertThat(rounds.samples().get("a")).hasSize(2);
    assertThat(rounds.samples().get("b")).hasSize(2);
    assertThat(runs[0]).isGreaterThanOrEqualTo(3);
    assertThat(runs[1]).isGreaterThanOrEqualTo(3);
  }

  @Test
  void a_peers_bmp_is_compared_pixel_by_pixel() throws IOException {
    Path made = GeneratedPictures.in(folder, "icon");
    byte[] ours = Png.toBmp(Files.readAllBytes(made.resolve("icon.png")));
    byte[] otherHeader = ours.clone();
    otherHeader[34] = 1; // biSizeImage
    byte[] otherPixel = ours.clone();
    otherPixel[54] ^= 8;
    assertThat(Bmps.compare(ours, ours.clone())).isEqualTo("identical");
    assertThat(Bmps.compare(ours, otherHeader)).isEqualTo("same pixels");
    assertThat(Bmps.compare(ours, otherPixel)).contains("differ, by at most 8");
  }

  @Test
  void generated_pictures_are_the_same_each_time() throws IOException {
    String[] names = {"icon", "screen", "flat", "photo-16bit"};
    Path first = GeneratedPictures.in(folder.resolve("first"), names);
    Path second = GeneratedPictures.in(folder.resolve("second"), names);
    for (String name : names) {
      assertThat(first.resolve(name + ".png"))
          .hasSameBinaryContentAs(second.resolve(name + ".png"));
    }
  }

  @Test
  void the_inflated_size_is_what_the_floor_inflates_to() throws Exception {
    Path made = GeneratedPictures.in(folder, "icon", "photo-interlaced");
    for (String name : List.of("icon", "photo-interlaced")) {
      Picture picture = Picture.of(name, Files.readAllBytes(made.resolve(name + ".png")));
      try (Job job = Peers.load("libdeflate-inflate").open(picture, Work.INFLATE)) {
        assertThat(job.run()).isEqualTo(IdatStream.inflatedSize(picture));
      }
    }
  }

  private static Job counting(int[] runs, int index) {
    return new Job() {
      @Override
      public long run() {
        return ++runs[index];
      }

      @Override
      public byte[] result() {
        return new byte[0];
      }
    };
  }
}
