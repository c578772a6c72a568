package io.github.lodepngffm.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.async.Dispatcher.WhenFull;
import io.github.lodepngffm.internal.blocking.CallContext;
import io.github.lodepngffm.internal.blocking.PngConversion;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that is cancelled while native code writes its rows, which a test can watch. */
@Timeout(120)
class RunningJobTest {
  private static final int WIDTH = 3000;
  private static final int HEIGHT = 2000;
  private static final int HEADERS = 54;
  private static final byte SAMPLE = 0x11;
  private static final byte UNTOUCHED = 0x55;

  /** Few attempts come too late, on a busy machine; all of them do where nobody hears of it. */
  private static final int ATTEMPTS = 40;

  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();

  /** Writes into memory of the test's. */
  private static final class WatchedWork extends Work<Boolean> {
    private final MemorySegment png;
    private final MemorySegment bmp;

    WatchedWork(MemorySegment png, MemorySegment bmp) {
      this.png = png;
      this.bmp = bmp;
    }

    @Override
    Demand demand(ConvertOptions defaults) {
      return new Demand(png.byteSize(), 0, 0);
    }

    @Override
    Finish<Boolean> work(ConvertOptions defaults, JobMemory memory, CallContext context) {
      PngConversion.convert(png, (bytes, align) -> bmp, defaults, context);
      return future -> true;
    }
  }

  @Test
  void itStopsBetweenTwoRows() {
    TestImage image = TestImage.flat(new PngFormat(PngFormat.RGB, 8), WIDTH, HEIGHT, SAMPLE);
    MemorySegment png = MemorySegment.ofArray(PngWriter.bytesOf(image));
    int stopped = 0;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment bmp = arena.allocate(HEADERS + 3L * WIDTH * HEIGHT);
      for (int attempt = 0; attempt < ATTEMPTS && stopped == 0; attempt++) {
        bmp.fill(UNTOUCHED);
        Dispatcher dispatcher =
            new Dispatcher(
                new Dispatcher.Settings(1, 1, 1 << 20, ConvertOptions.defaults(), "running"));
        CompletableFuture<Boolean> future =
            dispatcher.submit(new WatchedWork(png, bmp), WhenFull.WAIT).orElseThrow();
        long topRow = bmp.byteSize() - 1; // of the image: a BMP begins with the lowest one
        while ((byte) BYTE.getVolatile(bmp, topRow) == UNTOUCHED) {
          Thread.onSpinWait();
        }
        boolean cancelled = future.cancel(true);
        dispatcher.close();
        assertThat(bmp.get(ValueLayout.JAVA_BYTE, topRow)).isEqualTo(SAMPLE);
        assertThat(future.isCancelled()).isEqualTo(cancelled);
        if (bmp.get(ValueLayout.JAVA_BYTE, HEADERS) == UNTOUCHED) {
          stopped++;
        }
      }
    }
    assertThat(stopped).as("of %d jobs, those that left rows unwritten", ATTEMPTS).isPositive();
  }
}
