package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/teach"
)

// defaultListen can be reached from this machine only.
const defaultListen = "127.0.0.1:8080"

// graceful is how long answers may still take once the server is told to end.
const graceful = 3 * time.Second

func (a *app) serve() *cobra.Command {
	listen, frames, open := defaultListen, []string{}, false
	cmd := &cobra.Command{
		Use:   "serve [SCENARIO]",
		Short: "Serve the teaching page: predict, watch the dance, compare",
		Long: `serve opens a lesson in the browser: a class predicts what a project period does
to a group, watches three groups dance on the same luck, and finds the cause.
Everything comes from this program; no network is needed.

Only this machine can reach the page unless --listen says otherwise. With
--listen :8080 students on the same network can send predictions; nothing is
stored, and nobody is named. Ctrl-C ends it.

Pages of other sites cannot show the lesson in a frame, but for those of the
origins that --frame-ancestors names; ?embed=1 leaves out its head and foot.`,
		Example: `  epgsim serve
  epgsim serve paper-machinery --listen 127.0.0.1:8081`,
		Args:              arguments(0, 1, scenarios.arg, ""),
		ValidArgsFunction: scenarios.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runServe(cmd.Context(), args, listen, frames, open)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", listen, "address and port; :8080 for all who can reach this machine")
	cmd.Flags().BoolVar(&open, "open", false, "open the page in the browser of this machine")
	cmd.Flags().StringSliceVar(&frames, "frame-ancestors", nil, "origins whose pages may show the lesson in a frame, such as https://moodle.example.org")
	return cmd
}

func (a *app) runServe(ctx context.Context, args []string, listen string, frames []string, open bool) error {
	config := teach.Config{Version: version, Frames: frames, Now: a.now}
	err := checkOrigins(frames)
	if err != nil {
		return err
	}
	if len(args) > 0 {
		if config.Open, err = load(args[0], nil); err != nil {
			return err
		}
	}
	l, err := listenOn(listen)
	if err != nil {
		return err
	}
	defer l.Close()
	given := givenName(listen)
	config.URLs, config.LAN = addresses(l.Addr().(*net.TCPAddr), given)
	if given != "" {
		config.Hosts = append(config.Hosts, given)
	}
	if name, err := os.Hostname(); err == nil {
		config.Hosts = append(config.Hosts, name, name+".local")
	}
	s, err := teach.New(config)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := a.announce(config); err != nil {
		return err
	}
	if open {
		a.open(runtime.GOOS, config.URLs[len(config.URLs)-1]) // the listener has it from here on
	}
	return serve(ctx, l, s)
}

// serve answers until ctx ends, and then lets answers that are nearly ready be
// sent.
func serve(ctx context.Context, l net.Listener, s *teach.Server) error {
	// ErrorLog is silent: net/http would report every client that misbehaves.
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, ConnState: s.Connection, ErrorLog: log.New(io.Discard, "", 0)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.Close()
	last, cancel := context.WithTimeout(context.Background(), graceful)
	defer cancel()
	if server.Shutdown(last) != nil {
		_ = server.Close() // cut what is still open
	}
	<-ended
	return errServed
}

// checkOrigins demands what a browser takes for an origin.
func checkOrigins(origins []string) error {
	for _, o := range origins {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.Scheme+"://"+u.Host != o || strings.ContainsAny(u.Host, " ;,'\"*") {
			return usagef("--frame-ancestors %s: must be the origin of a site, its scheme and host and nothing after them, for example https://moodle.example.org", o)
		}
	}
	return nil
}

// listenOn opens the port, or says what is wrong with it.
func listenOn(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil || port == "" {
		return nil, usagef("--listen %s: must be ADDRESS:PORT, for example %s, or :8080 for all who can reach this machine", address, defaultListen)
	}
	l, err := net.Listen("tcp", address)
	var lookup *net.DNSError
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, usagef("--listen %s: port %s is taken, perhaps by another epgsim serve; try --listen %s", address, port, net.JoinHostPort(host, "0"))
	case errors.Is(err, syscall.EACCES):
		return nil, usagef("--listen %s: port %s may not be used by this user; try a port above 1023", address, port)
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.As(err, &lookup):
		return nil, usagef("--listen %s: this machine has no address %s", address, host)
	}
	return nil, usagef("--listen %s: %v", address, err)
}

// givenName is the name of this machine in an address to listen on, "" when it
// has none or a number.
func givenName(address string) string {
	host, _, err := net.SplitHostPort(address)
	host, _, _ = strings.Cut(host, "%") // of a link
	if err != nil || net.ParseIP(host) != nil {
		return ""
	}
	return host
}

// addresses are the URLs at which a listener can be reached, the best one
// first, and whether other machines can. A name that was given is the best.
func addresses(at *net.TCPAddr, given string) (urls []string, lan bool) {
	url := func(ip string) string { return "http://" + net.JoinHostPort(ip, fmt.Sprint(at.Port)) + "/" }
	if given != "" {
		urls = append(urls, url(given))
	}
	if !at.IP.IsUnspecified() {
		return append(urls, url(at.IP.String())), !at.IP.IsLoopback()
	}
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		interfaces = nil // the page is there all the same, at localhost
	}
	for _, i := range interfaces {
		if n, ok := i.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			urls = append(urls, url(n.IP.String()))
		}
	}
	return append(urls, url("127.0.0.1")), true
}

// announce says where the page is. When that cannot be printed, it fails.
func (a *app) announce(c teach.Config) error {
	fmt.Fprintf(a.out, "The lesson is at %s\n", strings.Join(c.URLs, "\n              or "))
	if c.LAN {
		fmt.Fprintln(a.out, "Whoever can reach this machine can open it; students of a class send their predictions there.")
	}
	_, err := fmt.Fprintln(a.out, "Ctrl-C ends it. Nothing is stored.")
	return err
}
