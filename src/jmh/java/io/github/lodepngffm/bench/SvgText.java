package io.github.lodepngffm.bench;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says of each text in an SVG how wide it was when the chart was laid out. A reader's sans-serif is
 * rarely that of the machine that drew the chart, and without this labels would run into bars.
 */
final class SvgText {
  private static final Pattern TEXT = Pattern.compile("<text ([^>]*)>([^<]*)</text>");
  private static final Pattern SIZE = Pattern.compile("font-size: ([0-9]+)px");
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private SvgText() {}

  static String withLengths(String svg, Font font) {
    return TEXT.matcher(svg).replaceAll(match -> Matcher.quoteReplacement(sized(match, font)));
  }

  private static String sized(java.util.regex.MatchResult match, Font font) {
    Matcher size = SIZE.matcher(match.group(1));
    float points = size.find() ? Float.parseFloat(size.group(1)) : font.getSize2D();
    String text = match.group(2);
    String plain =
        text.replace("&apos;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    double width = font.deriveFont(points).getStringBounds(plain, CONTEXT).getWidth();
    return String.format(
        Locale.ROOT,
        "<text textLength='%.1f' lengthAdjust='spacingAndGlyphs' %s>%s</text>",
        width,
        match.group(1),
        text);
  }
}
