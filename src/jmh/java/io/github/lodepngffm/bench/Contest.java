package io.github.lodepngffm.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everybody who can do one piece of work on one picture, checked against our result, then timed. */
final class Contest implements AutoCloseable {
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  /** Opens a job for every peer, and drops those that cannot read the picture. */
  static Contest over(Picture picture, Peers peers, Work... works) throws Exception {
    Contest contest = new Contest();
    byte[] ours = new byte[0];
    for (Work work : works) {
      for (Peer peer : peers.thatCan(work)) {
        try {
          Job job = peer.open(picture, work);
          byte[] result = job.result();
          ours = ours.length == 0 ? result : ours;
          contest.outputs.put(
              peer.id(), work == Work.CONVERT ? Bmps.compare(ours, result) : "not compared");
          contest.jobs.put(peer.id(), job);
        } catch (Exception e) {
          contest.outputs.put(peer.id(), "failed: " + e.getMessage());
        }
      }
    }
    return contest;
  }

  Map<String, Job> jobs() {
    return jobs;
  }

  /** How each peer's output relates to ours. */
  Map<String, String> outputs() {
    return outputs;
  }

  @Override
  public void close() {
    for (Job job : jobs.values()) {
      job.close();
    }
  }
}
