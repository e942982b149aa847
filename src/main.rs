//! The command `framescope`.

fn main() -> std::process::ExitCode {
    framescope::cli::run(std::env::args_os())
}
