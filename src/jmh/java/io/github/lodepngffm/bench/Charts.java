package io.github.lodepngffm.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** Draws charts as SVG, for a given width, in the colours of {@link Theme}. */
final class Charts {
  private static final BasicStroke THIN = new BasicStroke(1f);

  private Charts() {}

  /**
   * One bar.
   *
   * @param label on the axis
   * @param value its length
   * @param spread half of the whisker around its end
   * @param color a placeholder of {@link Theme}
   */
  record Bar(String label, double value, double spread, Color color) {}

  /**
   * One point of a line.
   *
   * @param low lower end of the whisker
   * @param high upper end of the whisker
   */
  record Point(double x, double y, double low, double high) {}

  /** One line, or a cloud of points. */
  record Line(String name, List<Point> points) {}

  /**
   * An axis: what it says, and how it counts.
   *
   * @param fixed from and to; empty where the values decide
   */
  record Axis(String label, boolean logarithmic, String format, double... fixed) {
    Range range(double low, double high) {
      return fixed.length == 2 ? new Range(fixed[0], fixed[1]) : new Range(low, high);
    }
  }

  /** Horizontal bars, with whiskers, and each value written behind its label. */
  static String bars(List<Bar> bars, Axis axis, int width) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (Bar bar : bars) {
      data.add(bar.value(), bar.spread(), "", bar.label());
    }
    StatisticalBarRenderer renderer =
        new StatisticalBarRenderer() {
          private static final long serialVersionUID = 1L;

          @Override
          public Paint getItemPaint(int row, int column) {
            return bars.get(column).color();
          }
        };
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setErrorIndicatorPaint(Theme.INK);
    renderer.setErrorIndicatorStroke(THIN);
    renderer.setMaximumBarWidth(0.9);
    ValueAxis values = axis(axis, width);
    double low = bars.stream().mapToDouble(Bar::value).min().orElse(1);
    double high = bars.stream().mapToDouble(b -> b.value() + b.spread()).max().orElse(1);
    if (axis.logarithmic()) {
      values.setRange(axis.range(low / 1.5, Math.max(2, high * 1.2)));
    } else {
      values.setRange(0, high * 1.05);
    }
    renderer.setIncludeBaseInRange(true);
    CategoryAxis categories = new CategoryAxis();
    categories.setTickLabelFont(font(width));
    categories.setTickLabelPaint(Theme.INK);
    categories.setAxisLineVisible(false);
    categories.setTickMarksVisible(false);
    categories.setCategoryMargin(0.25);
    categories.setLowerMargin(0.01);
    categories.setUpperMargin(0.01);
    categories.setMaximumCategoryLabelWidthRatio(0.6f);
    CategoryPlot plot = new CategoryPlot(data, categories, values, renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeGridlinePaint(Theme.GRID);
    plot.setRangeGridlineStroke(THIN);
    plot.setRangeZeroBaselineVisible(false);
    return svg(plot, width, 60 + 21 * bars.size(), false);
  }

  /** Lines with points and whiskers. */
  static String lines(List<Line> lines, Axis x, Axis y, int width, Decoration decoration) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (Line line : lines) {
      YIntervalSeries series = new YIntervalSeries(line.name());
      line.points().forEach(p -> series.add(p.x(), p.y(), p.low(), p.high()));
      data.addSeries(series);
    }
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(decoration.connected());
    renderer.setDrawXError(false);
    renderer.setCapLength(4);
    renderer.setErrorStroke(THIN);
    for (int i = 0; i < lines.size(); i++) {
      Color color = Theme.LINES[i % Theme.LINES.length];
      renderer.setSeriesPaint(i, color);
      renderer.setSeriesStroke(i, new BasicStroke(1.8f));
      renderer.setSeriesShape(
          i,
          i % 2 == 0 ? new Ellipse2D.Double(-3, -3, 6, 6) : new Rectangle2D.Double(-3, -3, 6, 6));
    }
    XYPlot plot = new XYPlot(data, axis(x, width), axis(y, width), renderer);
    plot.setDomainGridlinePaint(Theme.GRID);
    plot.setRangeGridlinePaint(Theme.GRID);
    plot.setDomainGridlineStroke(THIN);
    plot.setRangeGridlineStroke(THIN);
    decoration.extra().accept(plot);
    return svg(plot, width, width < 500 ? 300 + 16 * lines.size() : 420, lines.size() > 1);
  }

  /** What a chart of lines has besides its lines. */
  record Decoration(boolean connected, java.util.function.Consumer<XYPlot> extra) {
    static final Decoration PLAIN = new Decoration(true, plot -> {});
  }

  static Font font(int width) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, width < 500 ? 11 : 13);
  }

  private static ValueAxis axis(Axis axis, int width) {
    DecimalFormat format =
        new DecimalFormat(axis.format(), DecimalFormatSymbols.getInstance(Locale.ROOT));
    ValueAxis made;
    if (axis.logarithmic()) {
      LogAxis log = new LogAxis(axis.label());
      log.setNumberFormatOverride(format);
      log.setStandardTickUnits(new NumberTickUnitSource(true, format));
      log.setMinorTickMarksVisible(false);
      made = log;
    } else {
      NumberAxis linear = new NumberAxis(axis.label());
      linear.setNumberFormatOverride(format);
      linear.setAutoRangeIncludesZero(true);
      if (axis.format().equals("0")) {
        linear.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
      }
      made = linear;
    }
    if (axis.fixed().length == 2) {
      made.setRange(axis.fixed()[0], axis.fixed()[1]);
    }
    made.setLabelFont(font(width));
    made.setTickLabelFont(font(width));
    made.setLabelPaint(Theme.INK);
    made.setTickLabelPaint(Theme.INK);
    made.setAxisLinePaint(Theme.GRID);
    made.setTickMarkPaint(Theme.GRID);
    return made;
  }

  private static String svg(Plot plot, int width, int height, boolean legend) {
    plot.setBackgroundPaint(null);
    plot.setOutlinePaint(null);
    plot.setInsets(new RectangleInsets(4, 4, 4, width < 500 ? 10 : 18));
    JFreeChart chart = new JFreeChart(null, font(width), plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    if (legend) {
      LegendTitle title = new LegendTitle(plot);
      title.setItemFont(font(width));
      title.setItemPaint(Theme.INK);
      title.setBackgroundPaint(null);
      title.setPosition(RectangleEdge.BOTTOM);
      chart.addSubtitle(title);
    }
    SVGGraphics2D canvas = new SVGGraphics2D(width, height);
    // Names inside the picture: the same each time it is drawn, and not those of another on the
    // page.
    canvas.setDefsKeyPrefix("w" + width + "-");
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width, height));
    String svg = canvas.getSVGElement(null, true, null, null, null);
    return Theme.apply(SvgText.withLengths(svg, font(width)));
  }
}
