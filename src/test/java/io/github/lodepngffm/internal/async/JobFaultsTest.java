package io.github.lodepngffm.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.async.Dispatcher.WhenFull;
import io.github.lodepngffm.internal.async.FaultyWork.Step;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.UnfreeablePool;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each step of a job throws, whatever it is: the future is settled, the place is free, nothing is
 * leaked, and closing ends.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // what hangs hears no interrupt
class JobFaultsTest {
  private static final TestImage IMAGE = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 20, 9);
  private static final byte[] PNG = PngWriter.bytesOf(IMAGE);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);
  private static final Dispatcher.Settings ONE_JOB =
      new Dispatcher.Settings(1, 1, 1 << 20, ConvertOptions.defaults(), "faulty");

  private static final List<Throwable> THROWN =
      List.of(
          new IllegalCallerException("unchecked"),
          new OutOfMemoryError("as if the heap were exhausted"),
          new StackOverflowError("as if the stack were exhausted"));

  private static FaultyWork work(boolean usesFiles, Step faulty, Throwable thrown) {
    return new FaultyWork(PNG, usesFiles, faulty, thrown, null);
  }

  private static Work<byte[]> sound() {
    return PngToBmp.array(PNG, null);
  }

  /** A dispatcher for one job has room for the next, and converts it. */
  private static void requireRoom(Dispatcher dispatcher) {
    Optional<CompletableFuture<byte[]>> next = dispatcher.submit(sound(), WhenFull.RETURN);
    assertThat(next).as("there is room for the next").isPresent();
    assertThat(next.orElseThrow().join()).isEqualTo(BMP);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void everyStepOfAJobMayThrow(Step step) {
    long before = MemoryCalls.liveAllocations();
    Dispatcher dispatcher = new Dispatcher(ONE_JOB);
    for (Throwable thrown : THROWN) {
      for (boolean usesFiles : new boolean[] {false, true}) {
        CompletableFuture<byte[]> future =
            dispatcher.submit(work(usesFiles, step, thrown), WhenFull.WAIT).orElseThrow();
        Throwable failure = catchThrowable(future::join);
        if (step == Step.READ && !usesFiles) {
          assertThat(failure).isNull();
        } else if (step == Step.EXPLAINED) {
          assertThat(failure).hasCauseInstanceOf(IllegalCallerException.class);
        } else {
          assertThat(failure).isInstanceOf(CompletionException.class).hasCause(thrown);
        }
        requireRoom(dispatcher);
      }
    }
    dispatcher.close();
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(before);
  }

  /**
   * The conversion went well, and so the future tells; the thread's handler gets what was thrown.
   */
  @Test
  void givingBackMemoryMayThrow() {
    long before = MemoryCalls.liveAllocations();
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    ThreadFactory threads =
        Thread.ofVirtual().uncaughtExceptionHandler((thread, e) -> uncaught.set(e)).factory();
    Dispatcher dispatcher = new Dispatcher(ONE_JOB, threads);
    for (Throwable thrown : THROWN) {
      for (boolean usesFiles : new boolean[] {false, true}) {
        MemoryPool pool = new UnfreeablePool(thrown);
        FaultyWork work = new FaultyWork(PNG, usesFiles, null, null, pool);
        assertThat(dispatcher.submit(work, WhenFull.WAIT).orElseThrow().join()).isEqualTo(BMP);
        requireRoom(dispatcher);
      }
    }
    dispatcher.close();
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(before);
    assertThat(uncaught.get()).isIn(THROWN);
  }

  static Stream<Arguments> factories() {
    return THROWN.stream()
        .flatMap(thrown ->
            Stream.of(
                Arguments.of("no thread for " + thrown, (ThreadFactory) job -> fail(thrown)),
                Arguments.of(
                    "start throws " + thrown, (ThreadFactory) job -> new Unstartable(thrown))));
  }

  private static Thread fail(Throwable thrown) {
    JobFaultsTest.<RuntimeException>sneak(thrown);
    return null;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static final class Unstartable extends Thread {
    private final Throwable thrown;

    Unstartable(Throwable thrown) {
      this.thrown = thrown;
    }

    @Override
    public void start() {
      fail(thrown);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("factories")
  void whatIsThrownAfterAJobWasAdmittedIsTheCallersAndTakesNoRoom(
      String name, ThreadFactory faulty) {
    AtomicReference<ThreadFactory> factory = new AtomicReference<>(faulty);
    Dispatcher dispatcher = new Dispatcher(ONE_JOB, job -> factory.get().newThread(job));
    for (WhenFull whenFull : WhenFull.values()) {
      assertThatThrownBy(() -> dispatcher.submit(sound(), whenFull)).isIn(THROWN);
    }
    factory.set(Thread.ofVirtual().factory());
    requireRoom(dispatcher);
    factory.set(faulty);
    assertThatThrownBy(() -> dispatcher.submit(sound(), WhenFull.RETURN)).isIn(THROWN);
    dispatcher.close();
  }

  @Test
  void neverMindHowManyJobsAreAllowed() {
    for (int jobs : new int[] {1 << 30, Integer.MAX_VALUE}) {
      Dispatcher dispatcher =
          new Dispatcher(
              new Dispatcher.Settings(1, jobs, Long.MAX_VALUE, ConvertOptions.defaults(), "many"));
      assertThat(dispatcher.submit(sound(), WhenFull.WAIT).orElseThrow().join()).isEqualTo(BMP);
      dispatcher.close();
    }
  }
}
