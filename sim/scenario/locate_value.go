package scenario

// value steps over a value, noting the keys within it.
func (s *scanner) value(path string, above, nesting int) bool {
	if nesting > mostNesting {
		return s.limit("lists nested too deeply")
	}
	switch {
	case s.at == len(s.src):
		return false
	case s.peek(`"""`) || s.peek("'''"):
		return s.longText(s.src[s.at])
	case s.src[s.at] == '"' || s.src[s.at] == '\'':
		return s.text(s.src[s.at])
	case s.take("["):
		return s.list(path, above, nesting)
	case s.take("{"):
		return s.inline(path, above, nesting)
	}
	return s.word()
}

// longText steps over a string in triple quotes.
func (s *scanner) longText(quote byte) bool {
	end := string([]byte{quote, quote, quote})
	for s.at += 3; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case c == '\n':
			s.line++
		case c == '\\' && quote == '"':
			s.at++
			if s.at < len(s.src) && s.src[s.at] == '\n' {
				s.line++
			}
		case s.take(end):
			for range 2 { // the string itself may end in one or two quotes
				s.take(end[:1])
			}
			return true
		}
	}
	return false
}

// list steps over the elements of a list.
func (s *scanner) list(path string, above, nesting int) bool {
	for i := 0; ; i++ {
		s.blank(true)
		if s.take("]") {
			return true
		}
		p := element(path, i)
		s.note(p, s.line)
		if !s.value(p, above, nesting+1) {
			return false
		}
		s.blank(true)
		if !s.take(",") {
			return s.take("]")
		}
	}
}

// inline steps over { key = value, … }, which since TOML 1.1 may go over
// several lines.
func (s *scanner) inline(path string, above, nesting int) bool {
	for {
		s.blank(true)
		if s.take("}") {
			return true
		}
		if !s.pair(path, above, nesting+1) {
			return false
		}
		s.blank(true)
		if !s.take(",") {
			return s.take("}")
		}
	}
}

// word steps over a number, a date, true or false.
func (s *scanner) word() bool {
	start := s.at
	for ; s.at < len(s.src); s.at++ {
		switch s.src[s.at] {
		case ',', ']', '}', '#', '\n', '\r', '"', '\'', '[', '{', '=':
			return s.at > start
		}
	}
	return s.at > start
}
