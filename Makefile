# What one types: make run, make test. The rest is for those who change epgsim.
GO ?= go
BENCHSTAT = golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GROUP ?= base
FUZZTIME ?= 10s
CYCLONEDX = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
PROFILE = cmd/epgsim/hot.pgo
DESKS = linux-amd64 linux-arm64 windows-amd64 windows-arm64 darwin-amd64 darwin-arm64

.PHONY: build dist run test test-long study lint fuzz race bench figures lesson site install clean

build:
	$(GO) build -trimpath -o bin/epgsim ./cmd/epgsim

# One file for every desk, which needs no library there, and the lesson: with checksums, what is in
# it (SBOM) and the licences of that. Of one commit, built by one version of Go anywhere,
# the same bytes: what a user's environment would change is set here. They are built by a
# profile, which makes them quicker; a build that shares its parts with the tests is not,
# because all of it would be compiled once more.
dist: export GOFLAGS = -buildvcs=auto
dist: export GOAMD64 = v1
dist: export GOARM64 = v8.0
dist: export CGO_ENABLED = 0
dist: export LC_ALL = C
dist:
	rm -rf bin/dist && mkdir -p bin/dist
	for desk in $(DESKS); do \
		case $$desk in windows-*) end=.exe;; *) end=;; esac; \
		GOOS=$${desk%-*} GOARCH=$${desk#*-} $(GO) build -trimpath -pgo=$(PROFILE) -ldflags='-s -w' -o bin/dist/epgsim-$$desk$$end ./cmd/epgsim || exit 1; \
	done
	$(GO) run ./cmd/lessonfile bin/dist/lesson.html
	cp cmd/epgsim/notices.txt bin/dist/NOTICES.txt
	$(GO) run $(CYCLONEDX) bin -json -std -noserial -notimestamp -output bin/dist/epgsim.cdx.json bin/dist/epgsim-linux-amd64
	cd bin/dist && sha256sum * >SHA256SUMS

# The main job: a shipped group under the three organisational forms over
# several project periods. Another one: make run GROUP=food-products
run: build
	bin/epgsim compare $(GROUP) --out out/$(GROUP) --force

# The quick tests: a line a package as they go, in under three minutes on two cores.
test:
	$(GO) test ./...

# The same tests in full, and those that take long: every platform, every
# shipped scenario, browsers, schedulers, many kills. CI runs these. More at a
# time than there are processors, for many wait; lint vets them.
test-long:
	EPGSIM_LONG=1 $(GO) test -vet=off -parallel 4 -timeout 30m ./...

# Studies of coverage and of error rates in full: an hour or more.
study:
	EPGSIM_STUDY=1 $(GO) test -timeout 3h -v ./sim/analysis ./sim/experiment ./sim/decide ./sim/claims ./sim/sanity
	EPGSIM_STUDY=1 $(GO) test -timeout 1h -v -run TwinInPython ./sim
	EPGSIM_STUDY=1 EPGSIM_LONG=1 $(GO) test -timeout 3h -v -run GoldenBytesElsewhere ./cmd/epgsim

lint:
	@files=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$files" ]; then echo "gofmt would change:"; echo "$$files"; exit 1; fi
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet -tags worker ./cmd/lessonworker
	$(GO) run $(STATICCHECK) ./...

# Every fuzz target: its seeds, then FUZZTIME of new inputs.
fuzz:
	.ci/fuzz $(FUZZTIME)

# What is concurrent, under the race detector, which needs cgo: the tests in which
# several workers, writers or clients are at work in one process. Statistics,
# browsers and processes of their own would only take longer.
race:
	CGO_ENABLED=1 $(GO) test -race -vet=off -short -timeout 20m -skip 'Verdict|ByChance|UsualPlayers|TwinEquals|Orders|Shapley|Cover|Factorial|OneAtATime|Linear|ShippedDesigns|Measures|JudgeMap|BestMapIs|BestMapCounts|Explanation' ./sim/experiment ./cmd/internal/teach
	CGO_ENABLED=1 $(GO) test -race -vet=off -short -timeout 20m -run NothingGoesOn ./cmd/epgsim

# How fast it is, in ratios that machines have in common, and what commands take; then the
# benchmarks, summed up. Two such files compare: benchstat old.txt bin/bench.txt
bench: build
	EPGSIM_BINARY=$(CURDIR)/bin/epgsim $(GO) test -run '^$$' -bench Ratios -benchtime 1x ./sim | tee bin/ratios.txt
	$(GO) test -run '^$$' -bench . -skip Ratios -count 6 ./sim ./sim/experiment >bin/bench.txt
	$(GO) run $(BENCHSTAT) bin/bench.txt

# The picture at the head of the README.
figures: build
	bin/epgsim compare $(GROUP) --out out/figures --force --quiet --no-map --format csv
	mkdir -p .readme
	sed /^.metadata/d out/figures/figures/headline.svg >.readme/headline.svg

# The teaching page as one file that opens by a double click, without a network, and as
# a directory for any web server.
lesson:
	$(GO) run ./cmd/lessonfile out/lesson.html

site:
	$(GO) run ./cmd/lessonfile out/site

install:
	$(GO) install -trimpath -pgo=$(PROFILE) ./cmd/epgsim

clean:
	rm -rf bin out
