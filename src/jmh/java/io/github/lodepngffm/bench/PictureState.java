package io.github.lodepngffm.bench;

import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Rounds of all peers that can do some work, on one picture. */
@State(Scope.Benchmark)
public abstract class PictureState extends RoundsState {
  /** A name out of {@link Pictures#names}. */
  @Param("photo")
  public String picture;

  private final Work[] works;
  private Map<String, String> outputs;

  PictureState(String subset, Work... works) {
    super(subset);
    this.works = works;
  }

  @Override
  String item() {
    return picture;
  }

  @Override
  Map<String, Job> open() throws Exception {
    Contest contest = Contest.over(Pictures.load(picture), Peers.load(), works);
    outputs = contest.outputs();
    return contest.jobs();
  }

  @Override
  Map<String, String> notes() {
    return outputs;
  }
}
