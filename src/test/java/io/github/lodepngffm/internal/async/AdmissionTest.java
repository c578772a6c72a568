package io.github.lodepngffm.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counting bytes that may be as many as a long can say. */
@Timeout(60)
class AdmissionTest {
  @Test
  void placesOverTheBoundsAreCountedWithoutOverflow() {
    Admission admission = new Admission(1000, Long.MAX_VALUE);
    List<Admission.Place> places = new ArrayList<>();
    places.add(admission.enter(Long.MAX_VALUE));
    for (int nested = 0; nested < 20; nested++) {
      assertThat(admission.tryEnter(1)).as("beside %d of all bytes", nested + 1).isNull();
      places.add(admission.enterAnyway(Long.MAX_VALUE));
    }
    places.forEach(Admission.Place::leave);
    assertThat(admission.tryEnter(1)).isNotNull();
  }

  @Test
  void leavingTwiceMakesRoomOnce() {
    Admission admission = new Admission(2, 100);
    Admission.Place first = admission.enter(10);
    admission.enter(10);
    first.leave();
    first.leave();
    assertThat(admission.tryEnter(10)).isNotNull();
    assertThat(admission.tryEnter(10)).as("a third").isNull();
  }

  @Test
  void growingCountsUpToAllBytesAndEndsWithThePlace() {
    Admission admission = new Admission(10, 100);
    Admission.Place place = admission.enter(10);
    place.growTo(80);
    assertThat(admission.tryEnter(21)).isNull();
    place.growTo(30);
    assertThat(admission.tryEnter(21)).as("a place never shrinks").isNull();
    place.growTo(1000);
    assertThat(admission.tryEnter(1)).isNull();
    place.leave();
    place.growTo(1000);
    assertThat(admission.tryEnter(100)).isNotNull();
  }
}
