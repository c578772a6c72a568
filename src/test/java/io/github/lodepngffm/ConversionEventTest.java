package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConversionEventTest {
  private static final String NAME = "io.github.lodepngffm.Conversion";

  private static final TestImage IMAGE =
      TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 61, 17);
  private static final byte[] PNG = PngWriter.bytesOf(IMAGE);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);

  @TempDir Path folder;

  private List<RecordedEvent> record(boolean enabled, Runnable work) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      if (enabled) {
        recording.enable(NAME);
      }
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(NAME))
        .toList();
  }

  @Test
  void nothingIsRecordedUnlessARecordingAsksForIt() throws IOException {
    assertThat(record(false, () -> Png.toBmp(PNG))).isEmpty();
  }

  @Test
  void theSynchronousCallRecordsOneEvent() throws IOException {
    List<RecordedEvent> events = record(true, () -> Png.toBmp(PNG));
    assertThat(events).hasSize(1);
    RecordedEvent event = events.getFirst();
    assertThat(event.getLong("bytesIn")).isEqualTo(PNG.length);
    assertThat(event.getLong("bytesOut")).isEqualTo(BMP.length);
    assertThat(event.getInt("width")).isEqualTo(61);
    assertThat(event.getInt("height")).isEqualTo(17);
    assertThat(event.getString("path")).isEqualTo("FAST");
    assertThat(event.getString("outcome")).isEqualTo("CONVERTED");
    assertThat(event.getInt("errorCode")).isZero();
    assertThat(event.getDuration("queueTime")).isZero();
    assertThat(event.getDuration("nativeTime")).isPositive();
  }

  @Test
  void theAsynchronousCallRecordsItsTimeInTheQueue() throws IOException {
    List<RecordedEvent> events =
        record(
            true,
            () -> {
              try (AsyncConverter converter =
                  AsyncConverter.builder().threadNamePrefix("recorded").build()) {
                converter.toBmp(PNG).join();
              }
            });
    assertThat(events).hasSize(1);
    RecordedEvent event = events.getFirst();
    assertThat(event.getString("outcome")).isEqualTo("CONVERTED");
    assertThat(event.getDuration("queueTime")).isPositive();
    assertThat(event.getThread().getJavaName()).startsWith("recorded-worker-");
  }

  @Test
  void aFailureIsRecordedWithItsCode() throws IOException {
    byte[] damaged = PNG.clone();
    damaged[damaged.length - 20] ^= 1; // in IDAT, or its checksum
    PngException[] failure = new PngException[1];
    List<RecordedEvent> events =
        record(
            true,
            () ->
                assertThatThrownBy(() -> Png.toBmp(damaged))
                    .isInstanceOfSatisfying(PngException.class, e -> failure[0] = e));
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getString("outcome")).isEqualTo("MALFORMED");
    assertThat(events.getFirst().getInt("errorCode")).isEqualTo(failure[0].errorCode());
    assertThat(events.getFirst().getLong("bytesOut")).isZero();
  }

  @Test
  void nativeCodeHearsOfACancellation() throws IOException {
    List<RecordedEvent> events =
        record(
            true,
            () -> {
              try (WorkerGate gate = new WorkerGate();
                  AsyncConverter converter = AsyncConverter.create()) {
                var future = converter.toBmp(MemorySegment.ofArray(PNG), gate);
                gate.awaitWorker();
                future.cancel(true);
                gate.open();
              }
            });
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getString("outcome")).isEqualTo("CANCELLED");
  }
}
