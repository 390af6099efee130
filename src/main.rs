fn main() -> std::io::Result<()> {
    elitige::reader::serve()
}
