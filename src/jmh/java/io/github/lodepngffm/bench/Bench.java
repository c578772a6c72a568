package io.github.lodepngffm.bench;

import io.github.lodepngffm.NativeSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The harness: runs the questions it is asked, and writes down what it found. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures PNG to BMP against other libraries, and writes target/bench/report.html.",
      "Pictures: the folder CORPUS_DIR or --corpus, else ones made on the spot."
    })
public final class Bench implements Callable<Integer> {
  /** Exit status of {@code --compare} when something became slower. */
  static final int SLOWER = 1;

  private static final List<String> SUBSETS =
      List.of("convert", "decode", "handover", "async", "startup", "memory");

  @Parameters(
      arity = "0..*",
      paramLabel = "SUBSET",
      description = "convert, decode, handover, async, startup, memory; default: all")
  private List<String> subsets = List.of();

  @Option(names = "--quick", description = "about two minutes of measuring, wide intervals")
  private boolean quick;

  @Option(names = "--corpus", paramLabel = "FOLDER", description = "PNG files to measure with")
  private Path corpus;

  @Option(names = "--output", paramLabel = "FOLDER", description = "default: ${DEFAULT-VALUE}")
  private Path output = Path.of("target", "bench");

  @Option(
      names = "--report",
      paramLabel = "RESULTS",
      description = "measure nothing: make the report anew from a results.json")
  private Path report;

  @Option(names = "--docs", description = "also write docs/performance.md and its pictures")
  private boolean docs;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "RESULTS",
      description = "measure nothing: OLD.json NEW.json; exit status 1 when NEW is slower")
  private List<Path> compared;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (compared != null) {
      return compare();
    }
    Results results = report == null ? measure() : Results.readJson(report);
    Files.createDirectories(output);
    if (report == null) {
      results.writeJson(output.resolve("results.json"));
      results.writeCsv(output.resolve("results.csv"));
    }
    System.out.println(TextTable.of(results));
    Files.writeString(output.resolve("report.html"), Report.of(results));
    System.out.println("report: " + output.resolve("report.html"));
    if (docs) {
      PerformancePage.write(results, Path.of("docs"));
      System.out.println("docs/performance.md is written");
    }
    return 0;
  }

  private int compare() {
    Comparison comparison =
        Comparison.of(Results.readJson(compared.get(0)), Results.readJson(compared.get(1)));
    System.out.print(comparison.text());
    return comparison.isSlower() ? SLOWER : 0;
  }

  private Results measure() throws Exception {
    if (corpus != null) {
      System.setProperty(Pictures.PROPERTY, corpus.toString());
    }
    Set<String> asked = new LinkedHashSet<>(subsets.isEmpty() ? SUBSETS : subsets);
    if (!SUBSETS.containsAll(asked)) {
      throw new IllegalArgumentException("the subsets are " + SUBSETS + ", not " + asked);
    }
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    String started = Run.now();
    double loadBefore = Run.load();
    double noiseBefore = Run.noiseNow();
    List<String> pictures = Pictures.names();
    Peers peers = Peers.load();
    List<Samples> samples = new ArrayList<>();
    JmhSubsets jmh = new JmhSubsets(effort, pictures);
    Map<String, String> absent = NodePeer.withAbsence(peers.absent());
    for (String subset : asked) {
      long start = System.nanoTime();
      System.err.print("bench: " + subset + " ... ");
      try {
        samples.addAll(ask(subset, jmh, effort, pictures, peers));
      } catch (Exception e) {
        // One question without an answer must not cost the answers to the others.
        absent.put("the question " + subset, e.getMessage());
        System.err.print("failed: " + e.getMessage() + " ");
      }
      System.err.printf(Locale.ROOT, "%.0f s%n", (System.nanoTime() - start) / 1e9);
    }
    Run run =
        new Run(
            started,
            effort.name(),
            List.copyOf(asked),
            Pictures.description(),
            Run.commitName(),
            NativeSupport.version(),
            Run.javaVersion(),
            Run.systemName(),
            Run.processorName(),
            Runtime.getRuntime().availableProcessors(),
            Run.memory(),
            loadBefore,
            Run.load(),
            Math.max(noiseBefore, Run.noiseNow()));
    return new Results(
        Results.FORMAT,
        run,
        pictures.stream().map(Bench::facts).toList(),
        peerFacts(peers),
        absent,
        Results.join(samples));
  }

  private static List<Samples> ask(
      String subset, JmhSubsets jmh, Effort effort, List<String> pictures, Peers peers)
      throws Exception {
    return switch (subset) {
      case "convert" -> withNode(jmh.convert(), effort, pictures);
      case "decode" -> jmh.decode();
      case "handover" -> jmh.handover();
      case "async" -> jmh.async();
      case "startup" -> StartupSubset.run(effort, pictures.getFirst());
      default -> memory(pictures, peers);
    };
  }

  private static List<Samples> withNode(
      List<Samples> samples, Effort effort, List<String> pictures) {
    List<Samples> all = new ArrayList<>(samples);
    all.addAll(NodePeer.convert(effort, pictures));
    return all;
  }

  private static List<Samples> memory(List<String> pictures, Peers peers) throws Exception {
    List<Samples> all = new ArrayList<>(MemorySubset.working(pictures));
    List<String> ids = peers.thatCan(Work.CONVERT).stream().map(Peer::id).toList();
    all.addAll(MemorySubset.run(ids, memoryPictures(pictures)));
    return all;
  }

  /** The smallest to warm up with, then one of medium size and the largest. */
  private static List<String> memoryPictures(List<String> pictures) {
    Set<String> chosen = new LinkedHashSet<>();
    chosen.add(pictures.getFirst());
    chosen.add(pictures.get(pictures.size() / 2));
    chosen.add(pictures.getLast());
    return List.copyOf(chosen);
  }

  private static List<Results.PeerFacts> peerFacts(Peers peers) {
    List<Results.PeerFacts> facts = new ArrayList<>();
    for (Map.Entry<Peer, String> peer : peers.versions().entrySet()) {
      facts.add(new Results.PeerFacts(peer.getKey().id(), peer.getKey().title(), peer.getValue()));
    }
    NodePeer.facts().ifPresent(facts::add);
    return facts;
  }

  private static Results.PictureFacts facts(String name) {
    Picture picture = Pictures.load(name);
    return new Results.PictureFacts(
        name, picture.bytes().length, picture.rgbBytes(), picture.description());
  }
}
