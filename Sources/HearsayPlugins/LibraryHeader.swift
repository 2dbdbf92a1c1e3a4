import Foundation

/// The head of a shared library's file, which shows, before anything of it is loaded, whether this process
/// can load it.
enum LibraryHeader {
  /// Fails where the file at `path` is no library for this process.
  static func check(_ path: String) throws(PluginError) {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw PluginError(.notFound, path, "is not there")
    }
    guard !isFolder.boolValue else {
      throw PluginError(.notALibrary, path, "is a folder; name the library in it, such as '.build/debug/libNAME.so'")
    }
    // To open a pipe would wait for somebody who writes to it.
    guard isRegularFile(path) else { throw PluginError(.notALibrary, path, "is not a shared library") }
    guard let file = FileHandle(forReadingAtPath: path) else { throw PluginError(.notFound, path, "cannot be read") }
    let head: Data?
    do {
      head = try file.read(upToCount: 20)
    } catch {
      throw PluginError(.notFound, path, "cannot be read")
    }
    #if os(Linux)
      try checkELF(Array(head ?? Data()), path)
    #endif
  }

  private static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The System V ABI's ELF header: 64 bits, little-endian, a shared object for this processor.
  private static func checkELF(_ head: [UInt8], _ path: String) throws(PluginError) {
    guard head.count == 20, head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
      throw PluginError(.notALibrary, path, "is not a shared library")
    }
    let is64Bit = head[4] == 2
    let isLittleEndian = head[5] == 1
    let kind = isLittleEndian ? head[16] : head[17]
    let machine = isLittleEndian ? Int(head[18]) | Int(head[19]) << 8 : Int(head[19]) | Int(head[18]) << 8
    guard is64Bit, isLittleEndian, machine == ownMachine else {
      let theirs = name(of: machine) + (is64Bit ? "" : ", 32 bits")
      throw PluginError(
        .wrongArchitecture, path, "is for \(theirs), and this is \(name(of: ownMachine)); build it for this machine")
    }
    guard kind == 3 else { throw PluginError(.notALibrary, path, "is not a shared library") }
  }

  #if arch(x86_64)
    private static let ownMachine = 62
  #elseif arch(arm64)
    private static let ownMachine = 183
  #elseif arch(riscv64)
    private static let ownMachine = 243
  #else
    private static let ownMachine = -1
  #endif

  private static func name(of machine: Int) -> String {
    switch machine {
    case 3: "x86"
    case 40: "arm"
    case 62: "x86_64"
    case 183: "aarch64"
    case 243: "riscv64"
    default: "machine \(machine)"
    }
  }
}
