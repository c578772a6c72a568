package io.github.lodepngffm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  /** For a look with one's own eyes. */
  private static final Path SCREENSHOTS = Path.of("target", "bench", "screenshots");

  private static final int HEIGHT = 900;
  private static final int CHARTS = 11;
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Looks at the report in a frame, since a browser's window may not be as narrow as a phone. */
  private static final String INSPECTION =
      """
      const page = document.getElementById('page').contentDocument;
      const shown = [...page.querySelectorAll('svg')].filter(s => s.getClientRects().length);
      const overlaps = [];
      const outside = [];
      for (const svg of shown) {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim());
        const boxes = texts.map(t => t.getBoundingClientRect());
        boxes.forEach((a, i) => {
          if (a.left < frame.left - 1 || a.right > frame.right + 1) {
            outside.push(texts[i].textContent);
          }
          boxes.slice(i + 1).forEach((b, j) => {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 1.5 && high > 3) {
              overlaps.push(texts[i].textContent + ' | ' + texts[i + 1 + j].textContent);
            }
          });
        });
      }
      const root = page.documentElement;
      const verdict = { charts: shown.length, overlaps, outside,
        tooWide: root.scrollWidth - root.clientWidth };
      const bytes = new TextEncoder().encode(JSON.stringify(verdict));
      document.getElementById('verdict').textContent =
        'VERDICT' + btoa(String.fromCharCode(...bytes)) + 'END';
      """;

  @TempDir Path folder;

  /** What the inspection found. */
  private record Verdict(int charts, List<String> overlaps, List<String> outside, int tooWide) {}

  @ParameterizedTest
  @ValueSource(ints = {400, 1400})
  void the_report_is_readable_at_this_width(int width) throws Exception {
    String browser = browser();
    assumeTrue(browser != null, "no Chromium on the PATH to look at the report with");
    Path host = folder.resolve("host.html");
    Files.writeString(host, host(Report.of(SampleResults.with(1)), width));

    Browsing browsing = browse(browser, host, width, "--dump-dom");

    Matcher found = Pattern.compile("VERDICT([A-Za-z0-9+/=]*)END").matcher(browsing.output());
    assertThat(found.find()).as("the inspection ran: %s", browsing.errors()).isTrue();
    String json = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
    Verdict verdict = new Gson().fromJson(json, Verdict.class);
    assertThat(browsing.errors()).doesNotContain("CONSOLE");
    assertThat(verdict.charts()).isEqualTo(CHARTS);
    assertThat(verdict.overlaps()).isEmpty();
    assertThat(verdict.outside()).isEmpty();
    assertThat(verdict.tooWide()).isZero();
    Path screenshot = SCREENSHOTS.resolve("report-" + width + ".png").toAbsolutePath();
    Files.createDirectories(SCREENSHOTS);
    Files.deleteIfExists(screenshot);
    browse(browser, host, width, "--screenshot=" + screenshot);
    assertThat(colours(screenshot)).isGreaterThan(20);
  }

  @Test
  void text_from_results_cannot_become_markup() {
    assertThat(Report.of(SampleResults.with(1)))
        .contains("not &lt;here&gt;")
        .doesNotContain("<here>");
  }

  @Test
  void the_report_fetches_nothing() {
    assertThat(Report.of(SampleResults.with(1)))
        .doesNotContain("<script")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
  }

  @Test
  void every_picture_of_the_performance_page_is_written() throws IOException {
    PerformancePage.write(SampleResults.with(1), folder);
    Matcher links =
        Pattern.compile("\\]\\((performance/[^)]+)\\)")
            .matcher(Files.readString(folder.resolve("performance.md")));
    int count = 0;
    while (links.find()) {
      assertThat(folder.resolve(links.group(1))).content().contains("<svg").contains("--ours:");
      count++;
    }
    assertThat(count).isEqualTo(CHARTS);
  }

  /** How many different colours there are: a blank page has one. */
  private static long colours(Path screenshot) throws IOException {
    BufferedImage image = ImageIO.read(screenshot.toFile());
    int width = image.getWidth();
    return Arrays.stream(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
        .distinct()
        .count();
  }

  private static String host(String report, int width) {
    String quoted = report.replace("&", "&amp;").replace("\"", "&quot;");
    return "<!doctype html><body style=\"margin:0\"><iframe id=\"page\" style=\"border:0\" width=\""
        + width
        + "\" height=\""
        + HEIGHT
        + "\" srcdoc=\""
        + quoted
        + "\"></iframe><pre id=\"verdict\"></pre><script>addEventListener('load',()=>{"
        + INSPECTION
        + "})</script></body>";
  }

  /** What a browser said. */
  private record Browsing(String output, String errors) {}

  private Browsing browse(String browser, Path page, int width, String action) throws Exception {
    List<String> command = new ArrayList<>(List.of(browser, "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-sync", "--enable-logging=stderr", "--hide-scrollbars"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.add("--window-size=" + Math.max(width, 500) + "," + HEIGHT);
    command.addAll(List.of(action, page.toUri().toString()));
    File errors = folder.resolve("errors.txt").toFile();
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ended").isTrue();
    return new Browsing(output, Files.readString(errors.toPath()));
  }

  private static String browser() {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      for (String name : BROWSERS) {
        Path candidate = Path.of(directory, name);
        if (Files.isExecutable(candidate)) {
          return candidate.toString();
        }
      }
    }
    return null;
  }
}
