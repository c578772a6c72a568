package io.github.lodepngffm.bench;

import java.util.List;
import java.util.Map;

/**
 * A part of the report, before it is known whether it becomes HTML or Markdown.
 *
 * @param title the heading
 * @param paragraphs plain text
 * @param figures by their names, which are also those of their files
 * @param tables behind them
 */
record Section(
    String title, List<String> paragraphs, Map<String, Figure> figures, List<Table> tables) {

  /**
   * Cells of text; the first column is a name, the others are numbers as a rule.
   *
   * @param title of a table that is folded away until somebody wants it; else empty
   */
  record Table(String title, List<String> header, List<List<String>> rows) {
    Table(List<String> header, List<List<String>> rows) {
      this("", header, rows);
    }
  }
}
