// Package teach serves the teaching page: one lesson in which a class predicts
// what a project period does to a partner group, sees it happen, and finds the
// cause. Everything is embedded and nothing is fetched from elsewhere or
// written to disk. The numbers come from the functions that the command line
// uses; the page shows none that those do not give.
//
//	s, err := teach.New(teach.Config{Version: "1.0", URLs: []string{"http://127.0.0.1:8080/"}})
//	if err != nil {
//		return err
//	}
//	defer s.Close()
//	return http.ListenAndServe("127.0.0.1:8080", s.Handler())
//
// # Pages
//
//	GET /            the lesson
//	GET /c/CODE      the page of a student in a class
//	GET /static/...  what the pages are made of
//
// # The API
//
// JSON, in UTF-8. Bodies have at most 64 KiB. Several requests have a field
// named what: a scenario, shipped or the text of a file, and changes to it, with
// values as one types them after --set:
//
//	{"scenario": "short-system-project", "set": {"project.years": "3"}}
//	{"toml": "name = \"ours\"\n…", "file": "ours.toml", "set": {}}
//
// Numbers that are missing (a time to the first deal when there was none) are
// null. A number is rounded only where it is said.
//
//	GET  /api/start     version, shipped scenarios, parameters, outcomes,
//	                    kinds of events, the claims that chapters name with
//	                    the ledger's verdicts, whether classes can be held,
//	                    addresses, and, when
//	                    a SCENARIO is served, open: a scenario in the form of
//	                    what, with which the lesson begins; else each chapter
//	                    begins with its own
//	POST /api/scenario  the fields of what → the scenario resolved: name, title,
//	                    toml, hash, years of the project, values by parameter
//	POST /api/dance     {what, forms, seed, replication} → one replication of
//	                    each form, week by week, and what it has sold by the
//	                    horizon: see Dance
//	POST /api/ensemble  {what, forms, years, replications, seed} → lines of
//	                    JSON, one after about 20, one after about 100 and one
//	                    after all replications: see Ensemble
//	POST /api/ministry  {grants: [{what, form, years, groups}], replications, seed}
//	                    → lines of JSON, one of what is planned to be spent,
//	                    one after about 20 and one after all replications: see
//	                    Ministry
//
// Forms are "market", "customer", "system" and, where the scenario's own mix is
// none of these, "own"; all when none are named. Years are project periods, to
// which the scenario's own and one that goes on to the horizon are added.
//
// The last line of an ensemble has the numbers of
//
//	epgsim compare SCENARIO --vary project.years=YEARS --replications N --seed S
//
// with the scenario's own period among YEARS. What a ministry's grants bring are the
// further exports per public euro, groups that never sell, seen and lost that compare
// says of their scenarios, forms and periods. A line's replications are the first of the
// next line's: what has run is not run again.
//
// A class is kept in memory until nobody has used it for four hours, or until
// it is closed and its owner opens so many others that its room is needed:
//
//	POST /api/class                    {what, question, points, max} → {code, key, url}
//	GET  /api/class/CODE               {code, what, question, points, max} and the wall
//	GET  /api/class/CODE/qr?at=URL     the student's address as a QR code, in SVG
//	POST /api/class/CODE/prediction    {values, who} → {count}
//	GET  /api/class/CODE/wall          server-sent events: see Wall
//	POST /api/class/CODE/predictions   {key} → {predictions}: {id, device, values} of each
//	POST /api/class/CODE/drop          {key, prediction} or {key, device} → {dropped}
//	POST /api/class/CODE/early         {key, early} → {}
//	POST /api/class/CODE/reveal        {key, result} → {}
//	POST /api/class/CODE/close         {key} → {}
//
// Question and result are objects of the page's own, which the server hands on
// as they came (up to 32 KiB). Values are as many numbers within 0..max as there
// are points. Who is any word that the student's page makes up once: a second
// prediction with the same word replaces the first. Key is the teacher's secret.
// At is one of the server's addresses, as /api/start lists them. Reveal shows a
// result on the wall; close ends the taking of predictions, and so does reveal.
// Drop takes out a prediction, or all of a device, for good.
//
// What others predict is shown to the teacher (?key=KEY, at CODE and its wall), to
// who has predicted (?who=WHO), and to everybody once the class is closed or when
// early is set. A class that is lost with the server is opened again under its
// code by POST /api/class with code and key.
//
// A device is an IPv4 address or a /64 network. One has a few walls, so many wrong
// codes and new predictions in a time (see limits.go), and 429 after that; behind
// one address there may be a whole class, whose pages ask again by themselves.
// There is always room for the teacher's wall.
//
// # Errors
//
// Wrong input is 422 and a list of all that is wrong with it:
//
//	{"problems": [{"file", "line", "key", "given", "allowed", "hint", "text"}]}
//
// and everything else {"error": "a sentence"}: 400 malformed, 403 asked for by
// another site or not allowed, 404, 405, 409 a class that is closed, 413 too large, 429 too
// many at once (with Retry-After), 503 shutting down, 504 out of time. An error
// that comes when a part of an ensemble has been sent is its last line.
//
// # Sharing the machine
//
// Work waits in lanes, each of which serves the clients in turn: short work
// never waits behind long work, and a client that asks for much delays only
// itself. An ensemble that several ask for is computed once. Work that nobody
// waits for any more is given up.
//
// # Without a server
//
// A page that has brought the program along, compiled for browsers (see
// cmd/lessonfile), asks the same of a Lesson by Ask. Its replications are run by
// helpers, each a worker of the browser. Built with the tag worker, the package
// has no Server, and with it neither HTTP nor classes nor the page's own files.
package teach
