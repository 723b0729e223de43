package org.godwit.engine.kernel;

import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.PageWait;

/** Looks into guest memory for people, without any effect on the guest. */
final class MemoryAccess {
  private MemoryAccess() {}

  /** The unsigned integer of 1, 2, 4 or 8 bytes at an address, or null if it cannot be read now. */
  static Long peek(AddressSpace memory, long address, int bytes) {
    try {
      return switch (bytes) {
        case 1 -> (long) memory.load8(address);
        case 2 -> (long) memory.load16(address);
        case 4 -> memory.load32(address) & 0xffffffffL;
        default -> memory.load64(address);
      };
    } catch (GuestFault | PageWait e) {
      return null;
    }
  }
}
