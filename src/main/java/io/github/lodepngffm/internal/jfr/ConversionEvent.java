package io.github.lodepngffm.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What Java Flight Recorder is told of a conversion. Off unless a recording asks for it. */
@Name("io.github.lodepngffm.Conversion")
@Label("PNG Conversion")
@Description("One PNG through the native library; files refused by their header do not get there")
@Category("lodepng-ffm")
@Enabled(false)
@StackTrace(false)
final class ConversionEvent extends Event {
  @Label("Bytes In")
  @Description("Bytes of the PNG")
  @DataAmount
  long bytesIn;

  @Label("Bytes Out")
  @Description("Bytes of the BMP or of the pixels, 0 after a failure")
  @DataAmount
  long bytesOut;

  @Label("Width")
  @Description("Pixels in a row")
  int width;

  @Label("Height")
  @Description("Rows")
  int height;

  @Label("Path")
  @Description("The way that the pixels took, FAST or LODEPNG; after a failure, would have taken")
  String path;

  @Label("Queue Time")
  @Description("From submission to an AsyncConverter to the native call, 0 for synchronous calls")
  @Timespan
  long queueTime;

  @Label("Native Time")
  @Description("Duration of the native call; in bands, with the writing between them")
  @Timespan
  long nativeTime;

  @Label("Outcome")
  @Description("CONVERTED, the kind of PngException, or the class of another exception")
  String outcome;

  @Label("Error Code")
  @Description("PngException.errorCode(), or 0")
  int errorCode;
}
