package io.github.lodepngffm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The report as docs/performance.md, with its pictures beside it. */
final class PerformancePage {
  private static final String FOLDER = "performance";

  private PerformancePage() {}

  static void write(Results results, Path docs) throws IOException {
    Path pictures = docs.resolve(FOLDER);
    Files.createDirectories(pictures);
    try (Stream<Path> old = Files.list(pictures)) {
      for (Path file : old.filter(f -> f.toString().endsWith(".svg")).toList()) {
        Files.delete(file);
      }
    }
    StringBuilder page = new StringBuilder();
    List<Section> sections = Findings.of(results);
    page.append("# Performance\n\n");
    page.append("<!-- written by ./bench --docs; changes by hand would be lost -->\n\n");
    for (Section section : sections) {
      page.append("## ").append(section.title()).append("\n\n");
      section.paragraphs().forEach(text -> page.append(text).append("\n\n"));
      for (Map.Entry<String, Figure> entry : section.figures().entrySet()) {
        Figure figure = entry.getValue();
        Files.writeString(pictures.resolve(entry.getKey() + ".svg"), figure.file(entry.getKey()));
        if (!figure.title().isEmpty()) {
          page.append("### ").append(figure.title()).append("\n\n");
        }
        page.append("![").append(figure.caption()).append("](").append(FOLDER).append('/');
        page.append(entry.getKey()).append(".svg)\n\n").append(figure.caption()).append("\n\n");
      }
      section.tables().forEach(table -> table(page, table));
    }
    page.append("## Measure it yourself\n\n");
    page.append("    ./bench --quick               # two minutes of measuring, pictures made up\n");
    page.append("    ./bench --corpus FOLDER       # with your own PNG files\n\n");
    page.append("The report is target/bench/report.html; every sample is in results.json there.\n");
    Files.writeString(docs.resolve("performance.md"), page.toString());
  }

  private static void table(StringBuilder page, Section.Table table) {
    boolean folded = !table.title().isEmpty();
    if (folded) {
      page.append("<details><summary>").append(table.title()).append("</summary>\n\n");
    }
    row(page, table.header());
    page.append("|---|").append("---:|".repeat(table.header().size() - 1)).append('\n');
    table.rows().forEach(row -> row(page, row));
    page.append(folded ? "\n</details>\n\n" : "\n");
  }

  private static void row(StringBuilder page, List<String> cells) {
    cells.forEach(cell -> page.append("| ").append(cell.replace("|", "\\|")).append(' '));
    page.append("|\n");
  }
}
