package io.github.lodepngffm.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Markdown as the tests of the documentation need.
 *
 * @param blocks the fenced blocks, in order
 * @param links the targets of links outside of code, in order
 * @param anchors the names that links to headings have, after the {@code #}
 */
public record MarkdownFile(List<Block> blocks, List<String> links, List<String> anchors) {

  /** A fenced block: the word after the fence, and the lines between, each with its line end. */
  public record Block(String language, String code) {}

  private static final String FENCE = "```";
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern HEADING = Pattern.compile("#+ +(.*)");

  public static MarkdownFile read(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> links = new ArrayList<>();
    List<String> anchors = new ArrayList<>();
    String language = null;
    StringBuilder code = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (language != null && line.equals(FENCE)) {
        blocks.add(new Block(language, code.toString()));
        language = null;
      } else if (language != null) {
        code.append(line).append('\n');
      } else if (line.startsWith(FENCE)) {
        language = line.substring(FENCE.length());
        code.setLength(0);
      } else {
        Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("code"));
        while (link.find()) {
          links.add(link.group(1));
        }
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          anchors.add(anchorOf(heading.group(1)));
        }
      }
    }
    if (language != null) {
      throw new IOException(file + " has a block that does not end");
    }
    return new MarkdownFile(blocks, links, anchors);
  }

  /** The blocks of Java. */
  public List<String> java() {
    return blocks.stream()
        .filter(block -> block.language().equals("java"))
        .map(Block::code)
        .toList();
  }

  private static String anchorOf(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
