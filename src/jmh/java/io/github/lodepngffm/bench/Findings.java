package io.github.lodepngffm.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the results say, in the order in which a stranger wants to know it. */
final class Findings {
  private Findings() {}

  static List<Section> of(Results results) {
    List<Section> sections = new ArrayList<>();
    sections.add(summary(results));
    sections.addAll(ConvertFindings.of(results));
    sections.addAll(HandoverFindings.of(results));
    sections.addAll(ProcessFindings.of(results));
    sections.add(method());
    sections.add(peers(results));
    return sections;
  }

  private static Section summary(Results results) {
    List<String> text = new ArrayList<>();
    text.add(
        "How fast lodepng-ffm turns PNG files into 24-bit BMP, next to other libraries doing the"
            + " same with the same files on the same machine. All numbers on this page come from"
            + " one run and were put here by the harness.");
    text.addAll(ConvertFindings.verdict(results));
    Run run = results.run();
    if (Math.max(run.loadBefore(), run.loadAfter() - 1) > run.cores() / 2.0) {
      text.add(
          "The machine was busy with other work during this run, as its load shows. Ratios suffer"
              + " less"
              + " from that than times do, but small differences mean nothing here.");
    }
    return new Section("PNG to BMP, measured", text, Map.of(), List.of(runTable(results.run())));
  }

  private static Section.Table runTable(Run run) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", run.started() + ", " + run.effort()));
    rows.add(List.of("pictures", run.corpus()));
    rows.add(List.of("commit", run.commit()));
    rows.add(List.of("library", run.library()));
    rows.add(List.of("Java", run.java()));
    rows.add(List.of("system", run.system()));
    rows.add(
        List.of(
            "processor",
            run.processor()
                + ", "
                + run.cores()
                + " cores, "
                + Units.text(run.memoryBytes(), "bytes")));
    rows.add(
        List.of(
            "noise",
            String.format(
                Locale.ROOT,
                "load %.1f before, %.1f after; plain arithmetic varied by ± %.1f %%",
                run.loadBefore(),
                run.loadAfter(),
                100 * run.noise())));
    return new Section.Table(List.of("", ""), rows);
  }

  private static Section method() {
    return new Section(
        "How it is measured",
        List.of(
            "Everybody who takes part in a comparison has a turn in each round, in an order drawn"
                + " anew, inside one JVM that JMH has forked and warmed up; a turn's sample is the"
                + " median of its runs. Ratios are taken within rounds, and the median of the"
                + " ratios is shown, so that a machine that is not quiet disturbs both sides alike."
                + " Whiskers and ± are half of the distance between the quartiles. The Node add-on"
                + " runs in its own process afterwards.",
            "PNG files are in memory before the clock starts, and BMPs stay in memory. Outputs are"
                + " compared with ours before anything is timed; where one differs, the table says"
                + " how. Native peers are called from Java in the same way as our library, and"
                + " write"
                + " into memory that is reused where their interface allows it. Peers without a BMP"
                + " writer get one that makes a single pass over the pixels.",
            "The floor is libdeflate inflating the same data into reused memory: no chunks, no"
                + " checksums, no filters, no BMP. Nothing that uses this inflater can be faster."),
        Map.of(),
        List.of());
  }

  private static Section peers(Results results) {
    List<List<String>> rows = new ArrayList<>();
    results.peers().forEach(peer -> rows.add(List.of(peer.title(), peer.version())));
    results.absent().forEach((peer, reason) -> rows.add(List.of(peer, "absent: " + reason)));
    return new Section(
        "Who took part",
        List.of(),
        Map.of(),
        List.of(new Section.Table(List.of("", "version"), rows)));
  }
}
