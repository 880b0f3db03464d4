//go:build !worker

package teach

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"epgsim/sim/scenario"
)

// Config is what a server is told about the program and the machine it runs
// on.
type Config struct {
	Version string             // of the program
	Open    *scenario.Scenario // what the lesson begins with; nil: each chapter with its own
	Hosts   []string           // names of this machine, beside its addresses and localhost
	LAN     bool               // others can reach the server
	URLs    []string           // addresses of the page, the best one first
	Frames  []string           // origins whose pages may show this one in a frame
	Now     func() time.Time   // nil: the clock
}

// Server answers the requests of the teaching page.
type Server struct {
	*Lesson
	config      Config
	mux         *http.ServeMux
	classes     *classes
	connections *connections
}

// New returns a server. Close it when it has shut down.
func New(c Config) (*Server, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	files, err := loadPage()
	if err != nil {
		return nil, err
	}
	b := start{Version: c.Version, Classes: true, Listen: startListen{c.LAN, append([]string{}, c.URLs...)}}
	if c.Open != nil {
		b.Open = &what{TOML: string(c.Open.TOML()), File: c.Open.Name + ".toml"}
	}
	s := &Server{config: c, mux: http.NewServeMux(), classes: newClasses(c.Now), connections: newConnections()}
	if s.Lesson, err = newLesson(b); err != nil {
		return nil, err
	}
	s.routes(files)
	return s, nil
}

func (s *Server) routes(files pageFiles) {
	s.mux.Handle("GET /{$}", files.page("index.html"))
	s.mux.Handle("GET /c/{code}", files.page("student.html"))
	s.mux.Handle("GET /static/{name...}", files)
	for pattern, f := range s.asked() {
		s.mux.Handle(pattern, atDoor(f))
	}
	s.mux.Handle("POST /api/class", handle(s.newClass))
	s.mux.Handle("GET /api/class/{code}", handle(s.class))
	s.mux.Handle("GET /api/class/{code}/qr", handle(s.classQR))
	s.mux.Handle("POST /api/class/{code}/prediction", handle(s.predict))
	s.mux.Handle("GET /api/class/{code}/wall", handle(s.wall))
	s.mux.Handle("POST /api/class/{code}/reveal", s.teacher((*class).reveal))
	s.mux.Handle("POST /api/class/{code}/close", s.teacher((*class).close))
	s.mux.Handle("POST /api/class/{code}/early", s.teacher((*class).letWatch))
	s.mux.Handle("POST /api/class/{code}/predictions", s.teacher((*class).list))
	s.mux.Handle("POST /api/class/{code}/drop", s.teacher((*class).takeOut))
}

// policy lets the pages load nothing but their own files, run nothing that
// stands in them, send nothing elsewhere and be shown in no page but those of
// some origins.
func policy(origins []string) string {
	if len(origins) == 0 {
		origins = []string{"'none'"}
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors " + strings.Join(origins, " ")
}

// Handler answers all requests of the page, and refuses those of other sites.
func (s *Server) Handler() http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(handle(func(http.ResponseWriter, *http.Request) error {
		return refuse(http.StatusForbidden, "this request comes from the page of another site, and only the teaching page's own are answered")
	}))
	policy := policy(s.config.Frames)
	inner := cross.Handler(http.HandlerFunc(s.route))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		hurry(w) // the limit of an earlier answer on this connection still holds
		switch {
		case !s.knows(r.Host):
			// A foreign name that leads here is how a page of another site
			// reaches a server on localhost (DNS rebinding).
			fail(w, r, refuse(http.StatusForbidden, "this server is not called %.80q; use one of the addresses it printed when it started", r.Host))
		case s.ctx.Err() != nil:
			fail(w, r, errClosing)
		default:
			inner.ServeHTTP(w, r)
		}
	})
}

// route is the mux, with errors in the words of the API.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if _, pattern := s.mux.Handler(r); pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := *r
		other.Method = method
		if _, pattern := s.mux.Handler(&other); pattern != "" {
			w.Header().Set("Allow", method)
			fail(w, r, refuse(http.StatusMethodNotAllowed, "%s cannot be asked for with %.20s, only with %s", r.URL.Path, r.Method, method))
			return
		}
	}
	fail(w, r, refuse(http.StatusNotFound, "there is nothing at %.80s", r.URL.Path))
}

// hostName is a Host header without its port.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// knows says whether a Host header names this machine.
func (s *Server) knows(host string) bool {
	host = hostName(host)
	if host == "localhost" || net.ParseIP(host) != nil {
		return true
	}
	for _, name := range s.config.Hosts {
		if strings.EqualFold(host, name) {
			return true
		}
	}
	return false
}

// client is who asks, for taking turns and for shares: an IPv4 address, or the
// network of an IPv6 address, in which one device has as many as it likes.
func client(r *http.Request) string {
	return clientAt(r.RemoteAddr)
}

func clientAt(remote string) string {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return remote
	}
	a := at.Addr().Unmap()
	if a.Is4() {
		return a.String()
	}
	network := netip.PrefixFrom(a.WithZone(""), 64).Masked().String()
	if a.Zone() != "" {
		network += "%" + a.Zone() // the same network of another link is another
	}
	return network
}

// here says whether who asks sits at the machine that the server runs on, by
// whichever of its addresses.
func here(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	a := from.Addr().Unmap().WithZone("")
	at, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return a.IsLoopback() || ok && at.AddrPort().Addr().Unmap().WithZone("") == a
}
