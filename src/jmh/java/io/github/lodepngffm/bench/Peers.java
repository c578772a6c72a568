package io.github.lodepngffm.bench;

import io.github.lodepngffm.bench.peers.ImageIoPeer;
import io.github.lodepngffm.bench.peers.NativePeer;
import io.github.lodepngffm.bench.peers.OurBytes;
import io.github.lodepngffm.bench.peers.OurSegments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All peers: those that are here, and why the others are not. */
public final class Peers {
  private final Map<Peer, String> versions = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  private Peers() {}

  /** Tries to load every peer. */
  public static Peers load() {
    Peers peers = new Peers();
    peers.add("ours", OurSegments::new);
    peers.add("ours-bytes", OurBytes::new);
    for (String name : NativePeer.NAMES) {
      peers.add(name, () -> new NativePeer(name));
    }
    peers.add("imageio", ImageIoPeer::new);
    return peers;
  }

  private void add(String id, Supplier<Peer> supplier) {
    try {
      Peer peer = supplier.get();
      versions.put(peer, peer.version());
    } catch (Exception | LinkageError e) {
      // A peer may lack its native half on this platform; that must not end the comparison.
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      absent.put(id, reason.lines().findFirst().orElse(e.toString()));
    }
  }

  /** The peers that can do this work, the first of them ours where we can. */
  public List<Peer> thatCan(Work work) {
    List<Peer> able = new ArrayList<>(versions.keySet());
    able.removeIf(peer -> !peer.can(work));
    return able;
  }

  /** Every peer that is here, with its version. */
  public Map<Peer, String> versions() {
    return versions;
  }

  /** Names of the peers that are not here, with the reason. */
  public Map<String, String> absent() {
    return absent;
  }
}
