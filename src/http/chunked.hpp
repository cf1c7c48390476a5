// Takes a chunked request body apart (RFC 9112 §7.1) as its bytes arrive, without sockets. Chunk extensions are read
// over; trailers are checked and dropped, for nothing here may depend on them.
#pragma once
#include "http/head.hpp"

namespace patron::http {

class ChunkReader {
  public:
    struct Step {
        std::size_t used = 0;   // bytes of the input that are done with
        std::string_view data;  // a piece of the body within them
    };
    // One step. Nothing used and no refusal: more input is needed. At most a line stays unused, so a caller keeps
    // little: 256 bytes, or 8 kB in the trailer.
    Step take(std::string_view input, Refusal& refusal);
    bool finished() const { return state_ == State::finished; }

  private:
    enum class State { size_line, data, data_end, trailer, finished };
    Step take_size_line(std::string_view input, Refusal& refusal);
    Step take_data(std::string_view input);
    Step take_data_end(std::string_view input, Refusal& refusal);
    Step take_trailer(std::string_view input, Refusal& refusal);
    State state_ = State::size_line;
    std::uint64_t left_ = 0;  // of the chunk being read
    std::size_t trailer_size_ = 0;
};

}  // namespace patron::http
