package io.github.lodepngffm.bench;

import com.google.gson.Gson;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The report as one HTML file that needs nothing else: for screens, phones, and paper. */
final class Report {
  private static final String STYLE =
      """
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:920px;padding:16px;background:var(--paper);color:var(--ink);
        font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
      h1{font-size:1.6em;line-height:1.2}
      h2{margin-top:2em;border-bottom:1px solid var(--grid)}
      h3{margin:1.5em 0 0}
      figcaption{color:var(--soft)}
      a{color:var(--ours)}
      figure{margin:0.5em 0;break-inside:avoid}
      figure svg{display:block;width:100%;height:auto}
      .narrow{display:none}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;font-size:0.9em;font-variant-numeric:tabular-nums}
      th,td{padding:0.2em 0.6em;border-bottom:1px solid var(--grid);text-align:right}
      th:first-child,td:first-child,.facts td{text-align:left}
      th,td{vertical-align:top}
      table:not(.facts) td{white-space:nowrap}
      summary{cursor:pointer;margin:0.5em 0}
      @media (max-width:599px){.wide{display:none}.narrow{display:block}body{padding:10px}}
      @media print{body{max-width:none;font-size:11pt}details{display:none}}
      """;

  private Report() {}

  static String of(Results results) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<link rel=\"icon\" href=\"data:,\">\n")
        .append("<title>PNG to BMP, measured</title>\n<style>")
        .append(Theme.css())
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n");
    int number = 0;
    for (Section section : Findings.of(results)) {
      append(html, section, number++ == 0 ? "h1" : "h2");
    }
    html.append(rawNumbers(results));
    return html.append("</body>\n</html>\n").toString();
  }

  private static void append(StringBuilder html, Section section, String heading) {
    element(html, heading, section.title());
    section.paragraphs().forEach(text -> element(html, "p", text));
    for (Map.Entry<String, Figure> entry : section.figures().entrySet()) {
      Figure figure = entry.getValue();
      html.append("<figure id=\"").append(entry.getKey()).append("\">\n");
      if (!figure.title().isEmpty()) {
        element(html, "h3", figure.title());
      }
      html.append("<div class=\"wide\">")
          .append(figure.svg(entry.getKey(), Figure.WIDE))
          .append("</div>\n");
      html.append("<div class=\"narrow\">")
          .append(figure.svg(entry.getKey(), Figure.NARROW))
          .append("</div>\n");
      element(html, "figcaption", figure.caption());
      html.append("</figure>\n");
    }
    section.tables().forEach(table -> table(html, table));
  }

  private static void table(StringBuilder html, Section.Table table) {
    boolean folded = !table.title().isEmpty();
    if (folded) {
      html.append("<details>");
      element(html, "summary", table.title());
    }
    boolean bare = table.header().stream().allMatch(String::isEmpty);
    html.append("<div class=\"scroll\"><table").append(bare ? " class=\"facts\">\n" : ">\n");
    if (!bare) {
      row(html, "th", table.header());
    }
    table.rows().forEach(row -> row(html, "td", row));
    html.append(folded ? "</table></div></details>\n" : "</table></div>\n");
  }

  private static void row(StringBuilder html, String tag, List<String> cells) {
    html.append("<tr>");
    cells.forEach(cell -> element(html, tag, cell));
    html.append("</tr>\n");
  }

  private static void element(StringBuilder html, String tag, String text) {
    html.append('<').append(tag).append('>').append(escape(text));
    html.append("</").append(tag).append(">\n");
  }

  private static String rawNumbers(Results results) {
    String json = new Gson().toJson(results);
    String encoded = Base64.getEncoder().encodeToString(json.getBytes());
    return "<h2 id=\"raw\">Raw numbers</h2>\n<p><a download=\"results.json\" "
        + "href=\"data:application/json;base64,"
        + encoded
        + "\">results.json</a>: every sample of every contender. The same is in results.json and "
        + "results.csv beside this file.</p>\n";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
