package io.github.lodepngffm.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.testkit.ChildProcess;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.TestImage;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Where heap or stack is exhausted, futures are settled and converters close all the same. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD) // what hangs hears no interrupt
class ExhaustionTest {
  private static final TestImage IMAGE = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 20, 9);
  private static final byte[] PNG = PngWriter.bytesOf(IMAGE);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);

  @Test
  void everyFutureIsSettledThoughTheHeapWasFull(@TempDir Path directory) throws Exception {
    String classPath =
        TestClassPath.mainClasses() + File.pathSeparator + TestClassPath.testClasses();
    ChildProcess.Result result =
        ChildProcess.ofJdk("java", "--enable-native-access=ALL-UNNAMED", "-Xmx24m")
            .with("-cp", classPath, HeapExhaustion.class.getName(), directory.toString())
            .run(directory);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.output()).containsPattern("[1-9][0-9]* well, [1-9][0-9]* badly");
  }

  /** At every depth near the end of the stack, on the way back from an overflow. */
  @Test
  void submittingAndCancellingWithLittleStackTakesNoRoomForEver() throws Exception {
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build()) {
      converter.toBmp(PNG).join();
      List<CompletableFuture<byte[]>> futures = new ArrayList<>();
      int[] submitted = new int[1];
      Runnable submitAndCancel =
          () ->
              converter
                  .tryToBmp(PNG)
                  .ifPresent(future -> {
                    futures.add(future);
                    submitted[0]++;
                    future.cancel(true);
                  });
      for (int round = 0; round < 4; round++) {
        Thread thread =
            new Thread(null, () -> atEveryDepth(submitAndCancel), "little stack", 256 << 10);
        thread.start();
        thread.join();
        for (CompletableFuture<byte[]> future : futures) {
          assertThat(future.handle((value, failure) -> future.isDone()).join()).isTrue();
        }
        assertThat(converter.toBmp(PNG).join()).as("there is still room").isEqualTo(BMP);
      }
      assertThat(submitted[0]).isPositive();
    }
  }

  /** Overflows the stack, and then does something in each of the frames, as long as that fails. */
  private static boolean atEveryDepth(Runnable something) {
    boolean succeeded;
    try {
      succeeded = atEveryDepth(something);
    } catch (StackOverflowError e) {
      succeeded = false;
    }
    if (!succeeded) {
      try {
        something.run();
        succeeded = true;
      } catch (StackOverflowError e) {
        succeeded = false;
      }
    }
    return succeeded;
  }
}
