package org.godwit.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
  private static final long A = 0x100000;
  private static final int P = Page.SIZE;

  private final Frames frames = new Frames(1000);
  private final AddressSpace space = new AddressSpace(frames);

  private static Area anonymous(long start, int pages, int prot) {
    return new Area(start, start + (long) pages * P, prot, false, null, 0, "");
  }

  private static Area of(long start, int pages, int prot, boolean shared, PageStore store) {
    return new Area(start, start + (long) pages * P, prot, shared, store.backing(7), 0, "file");
  }

  private void mapData(int pages) {
    space.map(anonymous(A, pages, Prot.READ_WRITE));
  }

  // ------------------------------------------------------------ faults

  @Test
  void faultsNameKindCauseAndAddress() {
    space.map(anonymous(A, 1, Prot.READ));
    space.map(anonymous(A + P, 1, Prot.NONE));
    fault(() -> space.load8(A - 1), GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, A - 1);
    fault(() -> space.store8(A, 1), GuestFault.Kind.STORE, GuestFault.Cause.DENIED, A);
    fault(() -> space.load64(A + P - 4), GuestFault.Kind.LOAD, GuestFault.Cause.DENIED, A + P);
    fault(() -> space.fetch(A), GuestFault.Kind.FETCH, GuestFault.Cause.DENIED, A);
    for (long wild : new long[] {-1, -8, 1L << 36, 1L << 60, Long.MIN_VALUE}) {
      fault(() -> space.load8(wild), GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, wild);
      fault(() -> space.store8(wild, 0), GuestFault.Kind.STORE, GuestFault.Cause.UNMAPPED, wild);
    }
  }

  private static void fault(
      Runnable access, GuestFault.Kind kind, GuestFault.Cause cause, long address) {
    assertThatExceptionOfType(GuestFault.class)
        .isThrownBy(access::run)
        .satisfies(
            fault -> {
              assertThat(fault.kind()).isEqualTo(kind);
              assertThat(fault.cause()).isEqualTo(cause);
              assertThat(fault.address()).isEqualTo(address);
              assertThat(fault.getStackTrace()).isEmpty();
            });
  }

  @Test
  void aFileEndsWhereItEnds() {
    PageStore store = PageStore.sealed(new byte[P + 1]);
    space.map(of(A, 3, Prot.READ, false, store));
    assertThat(space.load8(A + P + 100)).isZero();
    fault(
        () -> space.load8(A + 2L * P),
        GuestFault.Kind.LOAD,
        GuestFault.Cause.BEYOND_END,
        A + 2L * P);
  }

  @Test
  void accessesOfAllSizesCrossPagesAndAreLittleEndian() {
    mapData(2);
    for (int size : new int[] {2, 4, 8}) {
      for (int before = 1; before < size; before++) {
        long address = A + P - before;
        space.storeSlow(address, 0x8877665544332211L, size);
        assertThat(space.loadSlow(address, size))
            .isEqualTo(0x8877665544332211L & (size == 8 ? -1 : (1L << 8 * size) - 1));
        assertThat(space.load8(address)).isEqualTo(0x11);
      }
    }
  }

  // ------------------------------------------------------------ cost

  @Test
  void reservationsAndReadsOfUntouchedMemoryCostNothing() {
    long length = 128L << 20;
    long start = space.findRoom(0, length);
    space.map(new Area(start, start + length, Prot.NONE, false, null, 0, ""));
    space.protect(start, 1L << 20, Prot.READ_WRITE);
    assertThat(space.load64(start + 4096)).isZero();
    assertThat(space.residentPages()).isZero();
    assertThat(frames.used()).isZero();
    space.store8(start, 0);
    assertThat(space.residentPages()).isEqualTo(1);
    assertThat(frames.used()).isEqualTo(1);
  }

  @Test
  void aSmallProcessNeedsLittleTable() {
    mapData(1);
    space.map(anonymous(AddressSpace.STACK_TOP - P, 1, Prot.READ_WRITE));
    space.map(anonymous(AddressSpace.MMAP_TOP - P, 1, Prot.READ_WRITE));
    space.store8(A, 1);
    space.store8(AddressSpace.STACK_TOP - 1, 1);
    space.store8(AddressSpace.MMAP_TOP - 1, 1);
    long references = 2L * AddressSpace.ROOT;
    references += leaves(space.readTable()) * 4096L + leaves(space.writeTable()) * 4096L;
    assertThat(references * 4).as("bytes at four bytes a reference").isLessThan(200_000);
  }

  private static int leaves(byte[][][] table) {
    List<byte[][]> seen = new ArrayList<>();
    for (byte[][] leaf : table) {
      if (seen.stream().noneMatch(other -> other == leaf)) {
        seen.add(leaf);
      }
    }
    return seen.size() - 1; // one is the shared empty leaf
  }

  @Test
  void framesRunOutBeforeAnythingChanges() {
    Frames two = new Frames(2);
    AddressSpace small = new AddressSpace(two);
    small.map(anonymous(A, 4, Prot.READ_WRITE));
    small.store8(A, 1);
    small.store8(A + P, 2);
    assertThatExceptionOfType(OutOfFrames.class).isThrownBy(() -> small.store8(A + 2L * P, 3));
    assertThat(small.load8(A + 2L * P)).isZero();
    assertThat(small.residentPages()).isEqualTo(2);
    small.release();
    assertThat(two.used()).isZero();
    assertThat(small.areas()).isEmpty();
  }

  // ------------------------------------------------------------ fork

  @Test
  void forkSharesUntilEitherSideWrites() {
    mapData(3);
    space.store64(A, 1);
    space.store64(A + P, 2);
    AddressSpace child = space.fork();
    assertThat(frames.used()).isEqualTo(2);
    child.store64(A, 10);
    assertThat(frames.used()).isEqualTo(3);
    space.store64(A + P, 20);
    assertThat(frames.used()).isEqualTo(4);
    assertThat(space.load64(A)).isEqualTo(1);
    assertThat(child.load64(A)).isEqualTo(10);
    assertThat(child.load64(A + P)).isEqualTo(2);
    assertThat(space.load64(A + P)).isEqualTo(20);
    space.store64(A, 3);
    assertThat(frames.used()).as("the sole owner does not copy").isEqualTo(4);
    space.release();
    assertThat(child.load64(A + P)).isEqualTo(2);
    assertThat(frames.used()).isEqualTo(2);
    child.release();
    assertThat(frames.used()).isZero();
  }

  @Test
  void sharedMemoryStaysSharedAcrossFork() {
    PageStore segment = new PageStore(frames);
    segment.truncate(2L * P);
    space.map(of(A, 2, Prot.READ_WRITE, true, segment));
    assertThat(space.hasSharedWritable()).isTrue();
    space.store64(A, 5);
    AddressSpace child = space.fork();
    child.store64(A, 6);
    child.store64(A + P, 7);
    assertThat(space.load64(A)).isEqualTo(6);
    assertThat(space.load64(A + P)).isEqualTo(7);
    assertThat(frames.used()).as("charged once, to the segment").isEqualTo(2);
    space.release();
    child.release();
    assertThat(frames.used()).isEqualTo(2);
    segment.release();
    assertThat(frames.used()).isZero();
  }

  @Test
  void aPrivateMappingNeverWritesItsFile() {
    PageStore image = PageStore.sealed("contents".getBytes(StandardCharsets.US_ASCII));
    space.map(of(A, 1, Prot.READ_WRITE, false, image));
    AddressSpace other = new AddressSpace(frames);
    other.map(of(A, 1, Prot.READ_WRITE, false, image));
    assertThat(space.load8(A)).isEqualTo('c');
    assertThat(space.movablePages()).isZero();
    space.store8(A, 'C');
    assertThat(space.movablePages()).isEqualTo(1);
    assertThat(space.load8(A)).isEqualTo('C');
    assertThat(space.load8(A + 1)).isEqualTo('o');
    assertThat(other.load8(A)).isEqualTo('c');
    byte[] first = new byte[1];
    image.read(0, first, 0, 1);
    assertThat(first[0]).isEqualTo((byte) 'c');
  }

  @Test
  void writesToAFileShowInItsMappings() {
    PageStore file = new PageStore(frames);
    file.write(0, new byte[] {1, 2, 3}, 0, 3);
    space.map(of(A, 1, Prot.READ_WRITE, true, file));
    assertThat(space.load8(A + 1)).isEqualTo(2);
    file.write(1, new byte[] {9}, 0, 1);
    assertThat(space.load8(A + 1)).isEqualTo(9);
    space.store8(A + 2, 8);
    byte[] back = new byte[3];
    assertThat(file.read(0, back, 0, 10 - 7)).isEqualTo(3);
    assertThat(back).containsExactly(1, 9, 8);
  }

  // ------------------------------------------------------------ mapping

  @Test
  void roomIsFoundDownwardsAndHintsAreHonoured() {
    long first = space.findRoom(0, 2L * P);
    assertThat(first).isEqualTo(AddressSpace.MMAP_TOP - 2L * P);
    space.map(anonymous(first, 2, Prot.READ));
    long second = space.findRoom(0, P);
    assertThat(second).isEqualTo(first - P);
    space.map(anonymous(second, 1, Prot.NONE));
    space.unmap(first, P);
    assertThat(space.findRoom(0, P)).as("the highest gap").isEqualTo(first);
    assertThat(space.findRoom(0, 2L * P)).isEqualTo(second - 2L * P);
    assertThat(space.findRoom(A, P)).isEqualTo(A);
    assertThat(space.findRoom(second, P)).isEqualTo(first);
    assertThat(space.findRoom(0, AddressSpace.SIZE)).isEqualTo(-1);
  }

  @Test
  void neighboursMergeAndSplitAsMapsShows() {
    mapData(6);
    assertThat(space.protect(A + 2L * P, 2L * P, Prot.READ)).isTrue();
    assertThat(space.areas()).hasSize(3);
    assertThat(space.protect(A + 2L * P, 2L * P, Prot.READ_WRITE)).isTrue();
    assertThat(space.areas()).hasSize(1);
    space.unmap(A + P, P);
    assertThat(space.areas()).extracting(Area::length).containsExactly((long) P, 4L * P);
    space.map(anonymous(A + P, 1, Prot.READ_WRITE));
    assertThat(space.areas()).hasSize(1);
  }

  @Test
  void protectStopsAtAHole() {
    mapData(1);
    space.map(anonymous(A + 2L * P, 1, Prot.READ_WRITE));
    assertThat(space.protect(A, 3L * P, Prot.READ)).isFalse();
    assertThat(space.find(A).prot()).isEqualTo(Prot.READ);
    assertThat(space.find(A + 2L * P).prot()).isEqualTo(Prot.READ_WRITE);
  }

  @Test
  void permissionsTakeEffectOnPagesInUse() {
    mapData(1);
    space.store8(A, 5);
    space.protect(A, P, Prot.READ);
    fault(() -> space.store8(A, 6), GuestFault.Kind.STORE, GuestFault.Cause.DENIED, A);
    assertThat(space.load8(A)).isEqualTo(5);
    space.protect(A, P, Prot.NONE);
    fault(() -> space.load8(A), GuestFault.Kind.LOAD, GuestFault.Cause.DENIED, A);
    space.protect(A, P, Prot.READ_WRITE);
    assertThat(space.load8(A)).isEqualTo(5);
    space.store8(A, 6);
    assertThat(space.load8(A)).isEqualTo(6);
  }

  @Test
  void unmappedMemoryComesBackAsZeros() {
    mapData(2);
    space.store8(A, 5);
    space.unmap(A, P);
    assertThat(frames.used()).isZero();
    mapData(1);
    assertThat(space.load8(A)).isZero();
  }

  @Test
  void discardRevertsToZerosOrToTheFile() {
    PageStore image = PageStore.sealed(new byte[] {4});
    space.map(of(A, 1, Prot.READ_WRITE, false, image));
    space.map(anonymous(A + P, 1, Prot.READ_WRITE));
    space.store8(A, 5);
    space.store8(A + P, 6);
    assertThat(space.discard(A, 2L * P)).isTrue();
    assertThat(space.load8(A)).isEqualTo(4);
    assertThat(space.load8(A + P)).isZero();
    assertThat(frames.used()).isZero();
    assertThat(space.discard(A, 3L * P)).isFalse();
  }

  @Test
  void remapGrowsInPlaceElseMoves() {
    mapData(2);
    space.store8(A + P, 9);
    assertThat(space.remap(A, 2L * P, 3L * P, false)).isEqualTo(A);
    assertThat(space.find(A).length()).isEqualTo(3L * P);
    space.map(anonymous(A + 3L * P, 1, Prot.READ));
    assertThat(space.remap(A, 3L * P, 4L * P, false)).isEqualTo(-1);
    long moved = space.remap(A, 3L * P, 4L * P, true);
    assertThat(moved).isEqualTo(AddressSpace.MMAP_TOP - 4L * P);
    assertThat(space.load8(moved + P)).isEqualTo(9);
    assertThat(space.find(A)).isNull();
    assertThat(frames.used()).isEqualTo(1);
    assertThat(space.remap(moved, 4L * P, P, false)).isEqualTo(moved);
    assertThat(frames.used()).isZero();
    fault(
        () -> space.remap(A, P, 2L * P, true), GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, A);
  }

  @Test
  void remapToAPlaceReplacesWhatWasThere() {
    mapData(2);
    space.store8(A, 1);
    space.map(anonymous(A + 8L * P, 2, Prot.READ_WRITE));
    space.store8(A + 8L * P, 2);
    space.remapTo(A, 2L * P, A + 8L * P, P);
    assertThat(space.load8(A + 8L * P)).isEqualTo(1);
    assertThat(space.find(A)).isNull();
    assertThat(frames.used()).isEqualTo(1);
  }

  @Test
  void theHeapGrowsAndShrinks() {
    space.startHeap(A + 100);
    assertThat(space.brk(0)).isEqualTo(A + 100);
    assertThat(space.brk(A + 3L * P)).isEqualTo(A + 3L * P);
    space.store8(A + P, 1);
    assertThat(space.find(A + P).name()).isEqualTo("[heap]");
    assertThat(space.brk(A + 200)).isEqualTo(A + 200);
    fault(() -> space.load8(A + P), GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, A + P);
    space.map(anonymous(A + 2L * P, 1, Prot.READ));
    assertThat(space.brk(A + 4L * P)).as("in the way").isEqualTo(A + 200);
  }

  // ------------------------------------------------------------ kernel access

  @Test
  void stringsAndBuffersAreCopiedAcrossPages() {
    mapData(2);
    byte[] text = "seven of nine\0rest".getBytes(StandardCharsets.US_ASCII);
    space.copyOut(A + P - 5, text, 0, text.length);
    assertThat(space.readCString(A + P - 5, 100)).asString().isEqualTo("seven of nine");
    assertThat(space.readCString(A + P - 5, 14)).hasSize(13);
    assertThat(space.readCString(A + P - 5, 13)).isNull();
    byte[] back = new byte[text.length];
    space.copyIn(A + P - 5, back, 0, back.length);
    assertThat(back).isEqualTo(text);
    space.store8(A + 2L * P - 1, 'x');
    fault(
        () -> space.readCString(A + 2L * P - 1, 5),
        GuestFault.Kind.LOAD,
        GuestFault.Cause.UNMAPPED,
        A + 2L * P);
    fault(
        () -> space.check(A, 3L * P, true),
        GuestFault.Kind.STORE,
        GuestFault.Cause.UNMAPPED,
        A + 2L * P);
  }

  // ------------------------------------------------------------ epochs, hash, walk

  @Test
  void eachConsumerSeesWhatWasWrittenSinceItsMark() {
    mapData(4);
    space.store8(A, 1);
    space.store8(A + P, 1);
    long first = space.mark();
    space.store8(A + P, 2);
    space.load8(A);
    long second = space.mark();
    space.store8(A + 2L * P, 3);
    assertThat(dirty(first)).containsExactly(A + P, A + 2L * P);
    assertThat(dirty(second)).containsExactly(A + 2L * P);
    assertThat(dirty(0)).containsExactly(A, A + P, A + 2L * P);
    AddressSpace child = space.fork();
    long third = child.mark();
    child.store8(A, 7);
    List<Long> addresses = new ArrayList<>();
    child.dirtySince(third, (address, bytes) -> addresses.add(address));
    assertThat(addresses).containsExactly(A);
    assertThat(dirty(second)).containsExactly(A + 2L * P);
  }

  private List<Long> dirty(long mark) {
    List<Long> addresses = new ArrayList<>();
    space.dirtySince(mark, (address, bytes) -> addresses.add(address));
    return addresses;
  }

  @Test
  void theHashFollowsContentsNotHistory() {
    mapData(4);
    AddressSpace other = new AddressSpace(frames);
    other.map(anonymous(A, 4, Prot.READ_WRITE));
    space.store8(A, 1);
    space.store8(A + P, 2);
    other.store8(A + P, 3);
    other.hash();
    other.store8(A + P, 2);
    other.store8(A, 1);
    assertThat(other.hash()).isEqualTo(space.hash());
    space.store8(A + 5, 1);
    assertThat(other.hash()).isNotEqualTo(space.hash());
    space.store8(A + 5, 0);
    assertThat(other.hash()).isEqualTo(space.hash());
    space.protect(A, P, Prot.READ);
    assertThat(other.hash()).isNotEqualTo(space.hash());
  }

  @Test
  void theHashSeesStoresOfTheOneWhoOwnsThePageAlone() {
    mapData(1);
    space.store8(A, 1);
    AddressSpace child = space.fork();
    long both = space.hash();
    assertThat(child.hash()).isEqualTo(both);
    child.store8(A, 2);
    assertThat(child.hash()).isNotEqualTo(both);
    assertThat(space.hash()).isEqualTo(both);
    space.store8(A, 2);
    assertThat(space.hash()).isEqualTo(child.hash());
  }

  @Test
  void aSpaceWalksOutAndInWithCleanPagesFromItsFile() {
    PageStore image = PageStore.sealed(new byte[] {1, 2, 3});
    space.map(of(A, 1, Prot.READ_EXEC, false, image));
    space.map(new Area(A + P, A + 2L * P, 3, false, image.backing(7), 0, "file"));
    space.map(anonymous(A + 4L * P, 8, Prot.READ_WRITE));
    space.startHeap(A + 16L * P);
    space.brk(A + 17L * P);
    space.load8(A);
    space.store8(A + P, 9);
    space.store8(A + 5L * P, 0);
    space.store64(A + 6L * P, 77);
    StateWriter writer = new StateWriter();
    space.walk(writer, null);
    assertThat(writer.size()).as("two pages and small records").isBetween(2 * P, 2 * P + 600);

    Frames target = new Frames(10);
    AddressSpace arrived = new AddressSpace(target);
    StateReader reader = new StateReader(writer.toBytes());
    arrived.walk(reader, handle -> handle == 7 ? image.backing(7) : null);
    assertThat(reader.atEnd()).isTrue();
    assertThat(arrived.hash()).isEqualTo(space.hash());
    assertThat(arrived.areas()).isEqualTo(space.areas());
    assertThat(arrived.brk()).isEqualTo(A + 17L * P);
    assertThat(target.used()).isEqualTo(3);
    assertThat(arrived.load8(A)).isEqualTo(1);
    assertThat(arrived.load8(A + P)).isEqualTo(9);
    assertThat(arrived.load64(A + 6L * P)).isEqualTo(77);
    arrived.store64(A + 6L * P, 78);
    assertThat(space.load64(A + 6L * P)).isEqualTo(77);
    StateWriter again = new StateWriter();
    space.walk(again, null);
    assertThat(again.toBytes()).isEqualTo(writer.toBytes());
  }
}
