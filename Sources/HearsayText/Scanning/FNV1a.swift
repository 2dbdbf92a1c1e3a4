/// The hash FNV-1a, a value at a time.
public struct FNV1a: Sendable {
  public var value: UInt64 = 0xCBF2_9CE4_8422_2325

  @inlinable @inline(__always) public init() {}

  @inlinable @inline(__always) public mutating func add(_ next: UInt64) {
    value = (value ^ next) &* 0x0000_0100_0000_01B3
  }
}
