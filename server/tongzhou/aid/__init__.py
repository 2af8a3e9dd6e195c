"""Mutual aid between regions: packages, requests, offers, agreements, deployments, cost."""
