package io.github.lodepngffm.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A piece of a PNG, in place of all of it: what native code has been told, and what it has said. One
 * for all calls about a PNG.
 */
public final class Piece {
  private boolean last;
  private long used;
  private long wanted;

  /** Nothing is known yet. */
  public Piece() {}

  /**
   * To be said before a call.
   *
   * @param nothingFollows whether the bytes at hand are the last ones
   */
  public void isLast(boolean nothingFollows) {
    last = nothingFollows;
  }

  /**
   * After a call: how many bytes of the piece are not needed any more.
   *
   * @return bytes from its beginning on
   */
  public long used() {
    return used;
  }

  /**
   * After a call that wants more input.
   *
   * @return how many bytes the next piece has at least
   */
  public long wanted() {
    return wanted;
  }

  /** As native code is to be given it: null where all of the PNG is at hand. */
  static Structure structureOf(Piece piece, Arena arena) {
    if (piece == null) {
      return new Structure(MemorySegment.NULL, null);
    }
    Structure structure = Structure.allocate(Offsets.PIECE_SIZE, arena);
    structure.setInt(Offsets.PIECE_LAST, piece.last ? 1 : 0);
    return structure;
  }

  /** Takes over what native code has said. */
  static void read(Piece piece, Structure structure) {
    if (piece != null) {
      piece.used = structure.getLong(Offsets.PIECE_USED);
      piece.wanted = structure.getLong(Offsets.PIECE_WANTED);
    }
  }
}
