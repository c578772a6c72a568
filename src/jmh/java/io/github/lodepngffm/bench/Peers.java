package io.github.lodepngffm.bench;

import io.github.lodepngffm.bench.peers.CommonsImagingPeer;
import io.github.lodepngffm.bench.peers.ImageIoPeer;
import io.github.lodepngffm.bench.peers.LwjglStbPeer;
import io.github.lodepngffm.bench.peers.NativePeer;
import io.github.lodepngffm.bench.peers.OpenCvPeer;
import io.github.lodepngffm.bench.peers.OurBytes;
import io.github.lodepngffm.bench.peers.OurPixels;
import io.github.lodepngffm.bench.peers.OurSegments;
import io.github.lodepngffm.bench.peers.PngjPeer;
import io.github.lodepngffm.bench.peers.TwelveMonkeysPeer;
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
    suppliers().forEach(peers::add);
    // Nobody could write an adapter against a jar that Maven Central did not have.
    peers.absent.put("vips-ffm", "no adapter: its artifact could not be had from Maven Central");
    return peers;
  }

  /** Loads one peer and leaves the others alone. */
  static Peer load(String id) throws Exception {
    Peer peer = suppliers().get(id).get();
    peer.version();
    return peer;
  }

  private static Map<String, Supplier<Peer>> suppliers() {
    Map<String, Supplier<Peer>> suppliers = new LinkedHashMap<>();
    suppliers.put("ours", OurSegments::new);
    suppliers.put("ours-bytes", OurBytes::new);
    suppliers.put("ours-rgba8", OurPixels::new);
    for (String name : NativePeer.NAMES) {
      suppliers.put(name, () -> new NativePeer(name));
    }
    suppliers.put("imageio", ImageIoPeer::new);
    suppliers.put("twelvemonkeys", TwelveMonkeysPeer::new);
    suppliers.put("opencv", OpenCvPeer::new);
    suppliers.put("lwjgl-stb", LwjglStbPeer::new);
    suppliers.put("pngj", PngjPeer::new);
    suppliers.put("commons-imaging", CommonsImagingPeer::new);
    return suppliers;
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
