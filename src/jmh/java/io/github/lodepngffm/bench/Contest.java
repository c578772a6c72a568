package io.github.lodepngffm.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everybody who can do some work on a picture, each compared with us before anything is timed.
 *
 * @param jobs of those who can read the picture
 * @param outputs how each output relates to ours, or why there is none
 */
record Contest(Map<String, Job> jobs, Map<String, String> outputs) {

  static Contest over(Picture picture, Peers peers, Work... works) {
    Contest contest = new Contest(new LinkedHashMap<>(), new LinkedHashMap<>());
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
          // A peer that cannot read a picture is a finding, not the end of the run.
          contest.outputs.put(peer.id(), "failed: " + e.getMessage());
        }
      }
    }
    return contest;
  }
}
