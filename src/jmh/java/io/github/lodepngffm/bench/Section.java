package io.github.lodepngffm.bench;

import java.util.List;
import java.util.Map;

/**
 * A part of the report, before it is known whether it becomes HTML or Markdown.
 *
 * @param title the heading
 * @param paragraphs plain text
 * @param figures by their names, which are also those of their files
 * @param table behind them; without rows there is none
 */
record Section(
    String title, List<String> paragraphs, Map<String, Figure> figures, Table table) {

  /** Cells of text; the first column is a name, the others are numbers as a rule. */
  record Table(List<String> header, List<List<String>> rows) {
    static final Table NONE = new Table(List.of(), List.of());
  }
}
